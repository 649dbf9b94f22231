"""What the stores that are backed up in tests hold."""

from concerted.web.demonstration import Invented, Region


def region(people: int) -> Region:
    """Bodies of each family, with people of invented names."""
    families = ("police", "childrens_services", "health", "third_sector", "taskforce", "oversight")
    bodies = [Invented(f"Invented {family}\twith a tab", family.replace("_", "-"), family) for family in families]
    return Region(bodies, [f"Asha Ékoué {number}" for number in range(people)])
