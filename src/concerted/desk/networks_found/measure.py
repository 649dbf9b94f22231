"""The figures: how many networks are found, how many findings are right, and how many innocent groups are named."""

from collections import Counter
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from typing import Any, Final

from concerted.desk.networks_found.named import Named, Run
from concerted.desk.networks_found.truth import Network, Truth
from concerted.linkage.intervals import wilson

Figures = dict[str, Any]
BANDS: Final = (("0 to 3", 3), ("4 to 9", 9), ("10 and over", None))


@dataclass(frozen=True, slots=True)
class Part:
    """So many of so many. per: of how many it is told, 1 for a share."""

    count: int
    of: int
    per: int = 1

    @property
    def share(self) -> float | None:
        """None of nothing."""
        return self.per * self.count / self.of if self.of else None

    def to_dict(self) -> Figures:
        """For machines, with Wilson's interval, 95 in 100 (E. B. Wilson, Probable inference, JASA 22, 1927)."""
        low, high = wilson(self.count / self.of, self.of) if self.of else (0.0, 1.0)
        return {"count": self.count, "of": self.of, "share": self.share, "low": low * self.per, "high": high * self.per}


@dataclass(frozen=True, slots=True)
class NetworkFigures:
    """Of one run, and of others beside it.

    precision: findings that find a network. recall: of the networks with traces in two agencies or more, those found.
    one_agency: of the others. member_share: of a network that is found, the mean share of its people whom the findings
    that find it name; None when none is. falsely: innocent groups of which a finding that finds no network names two
    people or more. by_agency_alone, with_perfect_linkage: recall and precision of other runs, None when none was given.
    """

    networks: int
    found: int
    precision: Part
    recall: Part
    one_agency: Part
    member_share: float | None
    falsely: Part
    by_rule: Mapping[str, Figures]
    by_kind: Mapping[str, Figures]
    by_traces: Mapping[str, Figures]
    by_agency_alone: Mapping[str, Figures] | None
    with_perfect_linkage: Figures | None

    def to_dict(self) -> Figures:
        """For machines."""
        plain = ("networks", "found", "member_share", "by_rule", "by_kind", "by_traces")
        parts = {"precision": self.precision, "recall": self.recall, "in_one_agency": self.one_agency}
        return {
            **{name: getattr(self, name) for name in plain},
            **{name: part.to_dict() for name, part in parts.items()},
            "false_per_1000_innocent_groups": self.falsely.to_dict(),
            "by_agency_alone": self.by_agency_alone,
            "with_perfect_linkage": self.with_perfect_linkage,
        }


def measured(
    run: Run, truth: Truth, alone: Mapping[str, Run] | None = None, perfect: Run | None = None
) -> NetworkFigures:
    """The figures of a run. alone: runs over the extracts of one agency each, by its name. perfect: one whose entities
    are the truth's."""
    joined = [network for network in truth.networks.values() if len(network.agencies) > 1]
    single = [network for network in truth.networks.values() if len(network.agencies) < 2]
    found = run.found()
    return NetworkFigures(
        networks=len(truth.networks),
        found=len(found),
        precision=_precision(run.findings),
        recall=_found_of(joined, found),
        one_agency=_found_of(single, found),
        member_share=_member_share(run, truth),
        falsely=Part(len(_falsely(run, truth)), len(truth.innocent), per=1000),
        by_rule=_by_rule(run),
        by_kind=_grouped(truth, found, lambda network: network.kind),
        by_traces=_grouped(truth, found, _band),
        by_agency_alone={name: _brief(one, joined) for name, one in alone.items()} if alone else None,
        with_perfect_linkage=_brief(perfect, joined) if perfect else None,
    )


def _precision(findings: Iterable[Named]) -> Part:
    right = [bool(one.finds) for one in findings]
    return Part(sum(right), len(right))


def _found_of(networks: list[Network], found: set[str]) -> Part:
    return Part(sum(network.name in found for network in networks), len(networks))


def _brief(run: Run, joined: list[Network]) -> Figures:
    precision, recall = _precision(run.findings), _found_of(joined, run.found())
    return {"findings": len(run.findings), "precision": precision.to_dict(), "recall": recall.to_dict()}


def _member_share(run: Run, truth: Truth) -> float | None:
    named: dict[str, set[str]] = {name: set() for name in run.found()}
    for one in run.findings:
        for name in one.finds:
            named[name] |= one.people & set(truth.networks[name].roles)
    shares = [len(people) / len(truth.networks[name].roles) for name, people in named.items()]
    return sum(shares) / len(shares) if shares else None


def _falsely(run: Run, truth: Truth) -> set[str]:
    """The innocent groups of which one finding that finds no network names two people or more."""
    groups: dict[str, list[str]] = {}
    for name, people in truth.innocent.items():
        for person in people:
            groups.setdefault(person, []).append(name)
    falsely: set[str] = set()
    for one in run.findings:
        if not one.finds:
            times = Counter(name for person in one.people for name in groups.get(person, ()))
            falsely.update(name for name, count in times.items() if count > 1)
    return falsely


def _by_rule(run: Run) -> dict[str, Figures]:
    rules: dict[str, list[Named]] = {}
    for one in run.findings:
        rules.setdefault(one.rule, []).append(one)
    return {
        rule: {
            "findings": len(of),
            "networks": len({name for one in of for name in one.finds}),
            "precision": _precision(of).to_dict(),
        }
        for rule, of in sorted(rules.items())
    }


def _grouped(truth: Truth, found: set[str], key: Callable[[Network], str]) -> dict[str, Figures]:
    """The share found of the networks of each group."""
    groups: dict[str, list[Network]] = {}
    for network in truth.networks.values():
        groups.setdefault(key(network), []).append(network)
    return {name: _found_of(of, found).to_dict() for name, of in sorted(groups.items())}


def _band(network: Network) -> str:
    return next(name for name, most in BANDS if most is None or network.traces <= most)
