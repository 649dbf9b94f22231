"""People who meet: networks that exploit children, and the groups beside them that have nothing to hide.

Both live by one simulation and are seen by one: evenings of a circle of people, of which agencies notice a part. What
tells a network from a club is who is there, when, and whether anything explains why. All of it is added to a region:
what stands there without it keeps its bytes. Nothing here describes what was done to anybody.
"""

from concerted.synthetic.circles.kinds import Deal, dealt
from concerted.synthetic.circles.overlay import Overlay, Planted, overlay_of

__all__ = ["Deal", "Overlay", "Planted", "dealt", "overlay_of"]
