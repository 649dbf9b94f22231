"""What `path` says for people, of paths that a small folder has none of."""

from itertools import pairwise

import pytest

from concerted.cli import path
from concerted.networks.sharing import WIDELY
from tests.networks.test_paths import at_school, connected, met
from tests.networks.worlds import World, drawn, node, person, row


def lines(world: World) -> list[str]:
    """What it says of Ann and Bob."""
    of = drawn(world)
    ann, bob = node(of, "ann"), node(of, "bob")
    return list(path.path_lines(of, ann, bob, connected(of, ann, bob)))


def test_a_second_path_and_what_ends_both() -> None:
    told = lines(met(events=2))
    assert told.count("A second path, which shares nothing with it between the two:") == 1
    assert "Both end without any one of: force-a:ann, force-a:bob." in told


def test_what_many_share_stands_with_its_count() -> None:
    count = WIDELY + 2
    told = f"place: The School is on the path, and says little: {count} people share it, {count} of them uninvolved."
    assert told in lines(at_school(WIDELY))


def test_what_was_gone_round_stands_with_its_count() -> None:
    school, friends = at_school(WIDELY), ("ann", "cat", "dan", "bob")
    knows = [row(f"r{one}", person=one, other_person=other, relation="peer") for one, other in pairwise(friends)]
    told = lines({"person": [*school["person"], person("cat"), person("dan")], "relation": knows})
    assert any(line.startswith("place: The School was gone round: ") for line in told)


def test_a_join_that_it_rests_on_is_said() -> None:
    world: World = {
        "person": [person("ann"), person("bob"), person("c1", entity="c"), person("c2", entity="c")],
        "relation": [
            row("r1", person="ann", other_person="c1", relation="peer"),
            row("r2", person="c2", other_person="bob", relation="peer"),
        ],
    }
    assert any(line.startswith("It rests on several records being of one person") for line in lines(world))


def test_records_that_are_not_shown_are_counted(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(path, "SHOWN", 1)
    world: World = {
        "person": [person("ann"), person("bob")],
        "relation": [row(f"r{number}", person="ann", other_person="bob", relation="peer") for number in range(3)],
    }
    told = lines(world)
    assert "      and 2 more records: --json has all" in told
    monkeypatch.setattr(path, "SHOWN", 0)
    assert "It ends without any one of:  and 2 more." in lines(world)


def test_what_is_widely_shared_for_machines() -> None:
    of = drawn(at_school(WIDELY))
    ann, bob = node(of, "ann"), node(of, "bob")
    told = path.path_dict(of, ann, bob, connected(of, ann, bob))
    assert [(one["label"], one["people"], one["uninvolved"]) for one in told["widely_shared"]] == [
        ("The School", WIDELY + 2, WIDELY + 2)
    ]
    assert told["gone_round"] == []


def test_a_step_by_a_near_value_says_so() -> None:
    told = lines({"person": [person("ann", address="1 Any St"), person("bob", address="1 Any St?")]})
    [near] = [line for line in told if line.endswith("by a near value, which may be another")]
    assert "force-a:bob" in near
