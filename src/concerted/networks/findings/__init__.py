"""Findings: patterns to check, by rules that are data, with the facts they rest on and what would explain them."""

from concerted.networks.findings.changes import Told, changes, taken_back
from concerted.networks.findings.finding import Fact, Finding, from_dict
from concerted.networks.findings.found import ORDER, findings, in_order
from concerted.networks.findings.marks import MARKS, Mark, Standing, standing
from concerted.networks.findings.rules import Rule, rules, title_of, urgencies
from concerted.networks.findings.store import FindingStore, Store

__all__ = [
    "MARKS",
    "ORDER",
    "Fact",
    "Finding",
    "FindingStore",
    "Mark",
    "Rule",
    "Standing",
    "Store",
    "Told",
    "changes",
    "findings",
    "from_dict",
    "in_order",
    "rules",
    "standing",
    "taken_back",
    "title_of",
    "urgencies",
]
