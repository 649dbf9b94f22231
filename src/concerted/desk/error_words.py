"""How many links are wrong, in words, as far as the weights of a run can tell."""

from collections.abc import Mapping
from typing import Any

Errors = Mapping[str, Any]  # as `linkage.errors` writes it


def in_short(errors: Errors | None) -> str:
    """One sentence for a terminal; empty where there is nothing to say."""
    if not errors or errors["false_links"]["estimate"] is None:
        return ""
    return (
        f"If the model is right, {_rate(errors['false_links'])} of the links join two people, "
        f"and {_rate(errors['missed_links'])} of the compared pairs of one person are not joined."
    )


def at_length(errors: Errors | None) -> tuple[str, ...]:
    """Sentences for the page, with what the figures do not say."""
    if not errors:
        return ()
    false, missed = errors["false_links"], errors["missed_links"]
    said = []
    if false["estimate"] is not None:
        said.append(f"Of the joined links {_rate(false)} are expected to join two people.")
    if missed["estimate"] is not None:
        said.append(f"Of the compared pairs of one person {_rate(missed)} are expected to be in two entities.")
    if not said:
        return ()
    return (
        *said,
        "Records of one person that share no rare piece of evidence were never compared, and are not counted here.",
        "The weights say this of themselves: whether they are right is found by judging pairs by hand.",
        "review.csv has pairs for that, drawn at random and marked in the column sample.",
    )


def _rate(rate: Mapping[str, Any]) -> str:
    """`0.4 in 100 (0.1 to 2)`."""
    estimate, low, high = (f"{100 * rate[name]:.2g}" for name in ("estimate", "low", "high"))
    return f"{estimate} in 100 ({low} to {high})"
