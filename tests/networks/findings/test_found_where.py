"""Where somebody was found is a place, when its words are those by which one place is called."""

from concerted.networks.findings.shared import found_where
from tests.networks.worlds import drawn, row


def test_the_words_of_one_place_however_they_are_written() -> None:
    called = ["The Arches, 1 High Road", "Mill Lane", "Quay, 1", "Quay, 2"]
    places = [row(f"p{at}", address=name) for at, name in enumerate(called)]
    said = ["the arches", " The Arches", None, "", "THE ARCHES", "mill lane, 2", "quay", "mill lane", "nowhere"]
    events = [row(f"e{at}", **({"found_where": one} if one is not None else {})) for at, one in enumerate(said)]
    of = drawn({"location": places, "event": events})
    found = list(zip(*(one.tolist() for one in found_where(of)), strict=True))
    labels = [(of.row(event)["record_id"], of.row(place)["label"]) for event, place in found]
    arches = "The Arches, 1 High Road"
    assert labels == [("e0", arches), ("e1", arches), ("e4", arches), ("e7", "Mill Lane")]
