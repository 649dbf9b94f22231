"""The kinds of node and of link, in the words of the field."""

from typing import Final, Literal, get_args

NodeKind = Literal["person", "unidentified", "location", "telephone", "vehicle", "account", "event", "order", "case"]
"""What a node is. unidentified: a person of whom there is no more than a nickname or a description, or an unnamed part
in an event. It is never taken for somebody: it becomes a person when its record is joined with a person's."""

LinkKind = Literal[
    "in event",  # person or unidentified, event; role: the part they had
    "found with",  # unidentified, event: "found with" in its record's own words
    "event at",  # event, location; role: the field that says it
    "event used",  # event, telephone or vehicle; role: the field that says it
    "lived at",  # person, location; role: the field or the relation
    "used",  # person, telephone, vehicle or account; role: the field or the relation
    "related",  # person, person; role: what the first is to the second
    "order on",  # person, order
    "order protects",  # person, order
    "in case",  # person or event, case
]
"""What a link says of its left and its right end, which are of the kinds named here in this order."""

NODE_KINDS: Final[tuple[NodeKind, ...]] = get_args(NodeKind)
LINK_KINDS: Final[tuple[LinkKind, ...]] = get_args(LinkKind)
THINGS: Final[tuple[NodeKind, ...]] = ("location", "telephone", "vehicle", "account")
