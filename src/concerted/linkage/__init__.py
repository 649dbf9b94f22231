"""Linkage: which records are of one person, with a reason for every link and an undo for every decision."""

from concerted.linkage.decisions import Decision, read_decisions
from concerted.linkage.evaluate import evaluate, read_truth
from concerted.linkage.explain import EntityExplanation, Explanation, Part, explain_entity, explain_pair
from concerted.linkage.fairness import Fairness, GroupFigures, fairness
from concerted.linkage.held import HeldPair
from concerted.linkage.link import link
from concerted.linkage.linked import Linked
from concerted.linkage.match import match, says_anything
from concerted.linkage.release import Release
from concerted.linkage.review import ReviewRow, review_order
from concerted.linkage.witnesses import Witness
from concerted.linkage.words import Strength

__all__ = [
    "Decision",
    "EntityExplanation",
    "Explanation",
    "Fairness",
    "GroupFigures",
    "HeldPair",
    "Linked",
    "Part",
    "Release",
    "ReviewRow",
    "Strength",
    "Witness",
    "evaluate",
    "explain_entity",
    "explain_pair",
    "fairness",
    "link",
    "match",
    "read_decisions",
    "read_truth",
    "review_order",
    "says_anything",
]
