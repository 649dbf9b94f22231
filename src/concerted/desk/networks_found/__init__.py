"""How far findings agree with networks that are known, and whom they name without cause.

Worked out from three things that anybody can read: the findings, the entities, and the truth. Nothing here knows how
findings are made, so that what makes them cannot mark itself.
"""

from concerted.desk.networks_found.measure import NetworkFigures, measured
from concerted.desk.networks_found.named import Run, read_run
from concerted.desk.networks_found.truth import Truth, read_truth

__all__ = ["NetworkFigures", "Run", "Truth", "measured", "read_run", "read_truth"]
