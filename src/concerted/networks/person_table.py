"""A row for each person of a graph, and for each unidentified one."""

from typing import Any, Final

import numpy as np
import pyarrow as pa
import pyarrow.compute as pc

from concerted.extracts.fields import Kind
from concerted.networks import people
from concerted.networks.held import Held
from concerted.networks.keys import NONE, Numbers, at_rows, first_rows, pick
from concerted.networks.nodes import Nodes

_SAID_IN: Final[tuple[Kind, ...]] = ("person", "person_in_event", "event")


def person_table(of: Held, nodes: Nodes) -> pa.Table:
    """People of whom there are records, then those of whom there is but a part or a word in an event."""
    records, size = of.tables["person"], int(nodes.first[2])
    earliest, latest = people.births(records, nodes.person, size)
    victim = (people.VICTIM,)
    ever = {
        "ever_child": _said(nodes, people.says_child(records)) | _by_role(of, nodes, people.CHILD_ROLES),
        "ever_victim": _by_role(of, nodes, victim) | _protected(of, nodes),
        "suspect": _by_role(of, nodes, (people.SUSPECT,)),
        "of_concern": _by_role(of, nodes, (people.OF_CONCERN,)),
    }
    when = {"birth_earliest": earliest, "birth_latest": latest, "adult_since": people.adult_since(latest)}
    return pa.table({**_names(of, nodes, size), **when, **ever})


def _names(of: Held, nodes: Nodes, size: int) -> dict[str, Any]:
    """What each is called, and the record under which they are shown: their first."""
    records, parts, events = (of.tables[kind] for kind in _SAID_IN)
    whole = pc.binary_join_element_wise(records["given_name"], records["family_name"], " ")
    others = [records[name] for name in ("full_name", "family_name", "given_name", "aliases")]
    told = (
        (nodes.person, records, pc.coalesce(whole, *others)),
        (nodes.part, parts, parts["role"]),
        (nodes.found_with, events, events["found_with"]),
    )
    rows = [(first_rows(of_row, size), table, words) for of_row, table, words in told]
    columns = {"label": [pick(words, at) for at, _, words in rows]}
    kinds = [(at, pa.repeat(pa.scalar(kind), len(at))) for (at, *_), kind in zip(rows, _SAID_IN, strict=True)]
    columns["record_kind"] = [pc.if_else(pa.array(at != NONE), kind, None) for at, kind in kinds]
    columns |= {name: [pick(table[name], at) for at, table, _ in rows] for name in ("source", "record_id")}
    return {name: pc.coalesce(*each) for name, each in columns.items()}


def _by_role(of: Held, nodes: Nodes, roles: tuple[str, ...]) -> people.Flags:
    """Who ever had one of these parts, by a record of them or in an event that is there."""
    parts = of.tables["person_in_event"]
    there = of.refers["person_in_event", "event"] != NONE
    who = np.maximum(at_rows(nodes.person, of.refers["person_in_event", "person"]), nodes.part)
    in_event = _ever(nodes, who, people.is_role(parts["role"], *roles) & there)
    return in_event | _said(nodes, people.is_role(of.tables["person"]["role"], *roles))


def _protected(of: Held, nodes: Nodes) -> people.Flags:
    """Whom an order ever protected: as one who was harmed, or might be."""
    who = at_rows(nodes.person, of.refers["order", "protected_person"])
    return _ever(nodes, who, np.ones(len(who), bool))


def _said(nodes: Nodes, flags: people.Flags) -> people.Flags:
    """Of whom any record says so."""
    return _ever(nodes, nodes.person, flags)


def _ever(nodes: Nodes, who: Numbers, said: people.Flags) -> people.Flags:
    ever = np.zeros(int(nodes.first[2]), bool)
    ever[who[said & (who != NONE)]] = True
    return ever
