"""The error rates in words: as `linkage.errors` found them, with what they do not say."""

from concerted.desk.error_words import at_length, in_short

NOTHING = {"estimate": None, "low": 0.0, "high": 1.0}
FOUND = {
    "false_links": {"estimate": 0.004, "low": 0.001, "high": 0.02},
    "missed_links": {"estimate": 0.0312, "low": 0.012, "high": 0.07},
    "from": "the model's own weights",
}


def test_both_rates_are_said_with_their_intervals() -> None:
    assert in_short(FOUND) == (
        "If the model is right, 0.4 in 100 (0.1 to 2) of the links join two people, "
        "and 3.1 in 100 (1.2 to 7) of the compared pairs of one person are not joined."
    )
    assert at_length(FOUND)[0] == "Of the joined links 0.4 in 100 (0.1 to 2) are expected to join two people."


def test_what_they_do_not_see_is_said_with_them() -> None:
    assert any("never compared" in one for one in at_length(FOUND))
    assert any("by hand" in one for one in at_length(FOUND))


def test_where_nothing_was_compared_nothing_is_said() -> None:
    nothing = {"false_links": NOTHING, "missed_links": NOTHING, "from": ""}
    assert (in_short(None), in_short(nothing)) == ("", "")
    assert at_length(None) == at_length(nothing) == ()
