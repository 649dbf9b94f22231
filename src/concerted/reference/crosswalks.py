"""From a code of one list of ethnicity to another's, with what is lost on the way, or why there is no equal."""

from dataclasses import dataclass
from functools import cache

from concerted.common.errors import UsedWronglyError
from concerted.reference.codes import code_list
from concerted.reference.loader import load_table


@dataclass(frozen=True, slots=True)
class Step:
    """One code carried over. to: the code there; None when there is no equal, and `why`. loses: what is lost."""

    code: str
    to: str | None
    loses: str = ""
    why: str = ""


@cache
def crosswalk(from_list: str, to_list: str) -> dict[str, Step]:
    """Every code of the one list with what it is in the other.

    Raises UsedWronglyError when there is no such crosswalk. From what an officer observed there never will be one.
    """
    table = load_table("crosswalks").data
    if from_list in table["never_from"]:
        title = code_list(from_list).title
        raise UsedWronglyError(
            f"nothing is made of {title}",
            why="what somebody observed is not what the person says of themselves",
            mend="ask the person, and record the answer as self-defined; until then give the reason why it is missing",
        )
    for entry in table["crosswalks"]:
        if (entry["from"], entry["to"]) == (from_list, to_list):
            return {code: _step(code, said) for code, said in entry["codes"].items()}
    known = "; ".join(f"{entry['from']} to {entry['to']}" for entry in table["crosswalks"])
    raise UsedWronglyError(f"there is no crosswalk from {from_list} to {to_list}", mend=f"there are: {known}")


def _step(code: str, said: str | dict[str, str]) -> Step:
    if isinstance(said, str):
        return Step(code, said)
    return Step(code, said.get("to"), said.get("loses", ""), said.get("none", ""))
