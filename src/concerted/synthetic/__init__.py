"""An invented region: its people, what its agencies would have recorded of them, and the truth.

Nothing here knows how Concerted finds the truth, and nothing there knows this: the package imports `concerted.common`
and the check digits alone.
"""

from concerted.synthetic.region import Made, synthesise
from concerted.synthetic.sizes import SIZES

__all__ = ["SIZES", "Made", "synthesise"]
