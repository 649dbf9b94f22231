"""A person marks a finding: checked, refuted or taken up. One row more; nothing of the picture changes."""

from pathlib import Path

from concerted.common import clock
from concerted.common.errors import UsedWronglyError
from concerted.desk import findings
from concerted.desk.store import Store
from concerted.desk.who import refuse_nobody
from concerted.networks.findings import MARKS, Finding, Mark


def mark(folder: Path, finding: str, verb: str, who: str, why: str) -> Mark:
    """Record it. Raises UsedWronglyError for a finding that is not there, or when nobody or no reason is named."""
    refuse_nobody(who, why, "marks it")
    with Store.open(folder) as store, store.writing():
        one = _there(store, finding)
        facts = tuple(fact.key for fact in one.facts)
        today = clock.today().isoformat()
        made = Mark(one.id, one.rule, MARKS[verb], who.strip(), today, why.strip(), facts, one.to)
        findings.add(store, made)
    return made


def _there(store: Store, wanted: str) -> Finding:
    told = [one.finding for one in findings.told(store, None)]
    for one in told:
        if one.id == wanted:
            return one
    raise UsedWronglyError(
        f"there is no finding {wanted!r}",
        mend="`concerted findings DIR --all` shows what was found, and with --for what one agency is told",
    )
