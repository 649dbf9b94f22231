"""What happens around people who are on an agency's list: crimes, orders, closed cases, vehicles, messages, placements,
families, and missing episodes as a council has them. Each refers to people by their number in the list."""

import numpy as np

from concerted.synthetic import numbers
from concerted.synthetic.columns import Flags, Numbers, Texts, alike, days, texts, there, times
from concerted.synthetic.district import ROOM, District
from concerted.synthetic.homes import lines
from concerted.synthetic.lexicon import Lexicon
from concerted.synthetic.mentions import File
from concerted.synthetic.people import HOMES
from concerted.synthetic.rates import drawn, rate, shares
from concerted.synthetic.recorded import Table, own_marks

CLOSED = ("14", "15", "16", "18", "21")


def crimes(district: District, rng: np.random.Generator) -> tuple[Table, Table]:
    """Crimes, and who has what part in them. Roles are drawn without regard to anything that says where one is from."""
    rows = district.mentions.of(File.NOMINALS)
    child = _is_child(district, rows)
    count = int(rate("crimes_a_nominal") * len(rows))
    day = district.as_of - 1 - np.minimum(rng.exponential(rate("days_since_a_crime"), count), 7_300).astype(np.int64)
    order = np.argsort(day, kind="stable")
    day = day[order]
    lasts = rng.random(count) < rate("crime_lasts")
    lasted = day + np.where(lasts, rng.exponential(rate("days_a_crime_lasts"), count), 0).astype(np.int64)
    lasted = np.minimum(lasted, district.as_of - 1)
    told = np.minimum(lasted + rng.exponential(rate("days_until_told"), count).astype(np.int64), district.as_of - 1)
    outcome = drawn("crime_outcomes", count, rng)
    address = np.where(
        rng.random(count) < rate("crime_has_an_address"), rng.integers(0, len(district.homes), count), -1
    )
    line, town, postcode = lines(district.homes, address)
    table: Table = {
        "ref": _references(district, count),
        "recorded": days(told),
        "from": days(day),
        "to": days(lasted),
        "category": drawn("crime_categories", count, rng),
        "place_kind": drawn("crime_places", count, rng),
        "line": line, "town": town, "postcode": postcode, "outcome": outcome,
        "status": np.where(~there(outcome), "open", "closed").astype(object),
    }  # fmt: skip
    return table, _parts(district, table["ref"], rows[child], rows[~child], rng)


def _parts(district: District, refs: Texts, children: Numbers, adults: Numbers, rng: np.random.Generator) -> Table:
    """Victims are mostly children; of suspects under 18 there are as many as research finds."""
    kinds, weights = shares("suspects_a_crime")
    suspects = rng.choice([int(kind) for kind in kinds], len(refs), p=weights)
    everybody = np.r_[children, adults]
    parts: list[tuple[Numbers, Numbers, Texts]] = []
    for many, pool, role in (
        (suspects, np.r_[adults, rng.choice(children, len(adults))] if len(children) else adults, "suspect"),
        (1 + (rng.random(len(refs)) < rate("second_victim")), children if len(children) else adults, "victim"),
        ((rng.random(len(refs)) < rate("witness")).astype(np.int64), everybody, "witness"),
    ):
        crime = np.repeat(np.arange(len(refs)), many)
        parts.append((crime, rng.choice(pool, len(crime)), alike(role, len(crime))))
    crime, row, part = (np.concatenate(columns) for columns in zip(*parts, strict=True))
    _, once = np.unique(crime * (int(row.max(initial=0)) + 1) + row, return_index=True)
    order = once[np.argsort(crime[once], kind="stable")]
    return {
        "ref": _references(district, len(order)), "event": refs[crime[order]],
        "person": texts(district.reference[row[order]]), "role": part[order],
    }  # fmt: skip


def closed_cases(district: District, crime: Table, rng: np.random.Generator) -> Table:
    """Crimes that ended without a charge, some of which are looked at again."""
    rows = np.flatnonzero(
        np.isin(crime["outcome"], CLOSED) & (rng.random(len(crime["ref"])) < rate("closed_case_reviewed"))
    )
    recorded = crime["recorded"][rows].astype("datetime64[D]").astype(np.int64)
    closed = np.minimum(
        recorded + rng.exponential(rate("days_until_closed"), len(rows)).astype(np.int64) + 14, district.as_of - 1
    )
    return {
        "ref": _references(district, len(rows)), "event": crime["ref"][rows], "from": crime["recorded"][rows],
        "to": days(closed), "outcome": crime["outcome"][rows],
    }  # fmt: skip


def orders(district: District, rng: np.random.Generator) -> Table:
    """Orders and notices on adults, some for one child."""
    rows = district.mentions.of(File.NOMINALS)
    child = _is_child(district, rows)
    adults, children = rows[~child], rows[child]
    count = max(2, int(rate("order_a_nominal") * len(rows)))
    began = district.as_of - rng.integers(20, 1_500, count)
    ends = began + rng.choice([365, 730, 1_825], count)
    protected = texts(district.reference[rng.choice(children, count)])
    protected[rng.random(count) < 1 - rate("order_protects_one_child")] = None
    return {
        "ref": _references(district, count), "person": texts(district.reference[rng.choice(adults, count)]),
        "protected": protected, "from": days(began), "to": days(ends),
        "kind": drawn("kinds_of_order", count, rng),
        "status": np.where(ends < district.as_of, "expired", "in force").astype(object),
    }  # fmt: skip


def vehicles(district: District, lexicon: Lexicon, rng: np.random.Generator) -> Table:
    """Vehicles of adults, kept under their number in the list."""
    rows = district.mentions.of(File.NOMINALS)
    adults = rows[~_is_child(district, rows)]
    kept = adults[rng.random(len(adults)) < rate("vehicle_a_nominal")]
    model = rng.integers(0, len(lexicon.models), len(kept))
    marks = own_marks(district, district.mentions.person[kept])
    return {
        "ref": _references(district, len(kept)), "person": texts(district.reference[kept]), "mark": marks,
        "make": lexicon.makes[model], "model": lexicon.models[model],
        "colour": rng.choice(lexicon.colours, len(kept)), "from": days(district.mentions.day[kept]),
    }  # fmt: skip


def messages(district: District, rng: np.random.Generator) -> Table:
    """That one telephone wrote to another, and when; never what."""
    rows = district.mentions.of(File.NOMINALS)
    own = district.people.phone[district.mentions.person[rows], 0]
    own = own[own >= 0]
    count = min(int(rate("message_a_nominal") * len(rows)) + 4, len(own))
    sent = np.sort(district.as_of - rng.integers(2, 700, count))
    return {
        "ref": _references(district, count), "day": days(sent), "time": times(count, rng),
        "sender": numbers.mobiles(rng.choice(own, count)), "receiver": numbers.mobiles(rng.choice(own, count)),
    }  # fmt: skip


def placements(district: District, rng: np.random.Generator) -> Table:
    """Where children in care lived, as the council that looks after them has it."""
    rows = district.mentions.of(File.PEOPLE)
    rows = rows[district.people.care[district.mentions.person[rows]]]
    who = np.repeat(district.mentions.person[rows], HOMES)
    turn = np.tile(np.arange(HOMES), len(rows))
    began = district.people.since[who, turn]
    ended = np.where(turn > 0, district.people.since[who, np.maximum(turn - 1, 0)], -1)
    line, town, postcode = lines(district.homes, district.people.home[who, turn])
    until = days(ended)
    until[ended < 0] = None
    return {
        "ref": _references(district, len(who)), "person": np.repeat(texts(district.reference[rows]), HOMES),
        "from": days(began), "to": until, "line": line, "town": town, "postcode": postcode,
        "kind": drawn("kinds_of_placement", len(who), rng),
    }  # fmt: skip


def relations(district: District) -> Table:
    """Mothers and their children, where both are on the council's list."""
    rows = district.mentions.of(File.PEOPLE)
    listed = np.full(len(district.people), -1)
    listed[district.mentions.person[rows]] = rows
    mother = district.people.families.mother[district.mentions.person[rows]]
    known = rows[(mother >= 0) & (listed[np.maximum(mother, 0)] >= 0)]
    of = listed[district.people.families.mother[district.mentions.person[known]]]
    return {
        "ref": _references(district, len(known)), "person": texts(district.reference[known]),
        "other": texts(district.reference[of]), "kind": alike("mother", len(known)),
    }  # fmt: skip


def council_missing(district: District, rng: np.random.Generator) -> Table:
    """Episodes as the council heard of them: of children on its list, with the return interview that it offered."""
    rows = district.mentions.of(File.PEOPLE)
    listed = np.full(len(district.people), -1)
    listed[district.mentions.person[rows]] = rows
    episodes = district.mentions.of(File.MISSING)
    here = listed[district.mentions.person[episodes]]
    knows = (here >= 0) & (rng.random(len(here)) < rate("council_knows_missing"))
    began = district.mentions.day[episodes[knows]] + rng.integers(0, 2, int(knows.sum()))
    ended = began + rng.exponential(rate("missing_days"), len(began)).astype(np.int64)
    offered = rng.random(len(began)) < rate("return_interview_offered")
    accepted = offered & (rng.random(len(began)) < rate("return_interview_accepted"))
    return {
        "ref": _references(district, len(began)), "person": texts(district.reference[here[knows]]),
        "from": days(np.minimum(began, district.as_of - 1)), "to": days(np.minimum(ended, district.as_of)),
        "offered": np.where(offered, "Y", "N").astype(object),
        "accepted": np.where(accepted, "Y", "N").astype(object),
    }  # fmt: skip


def _is_child(district: District, rows: Numbers) -> Flags:
    found: Flags = district.people.families.age(district.as_of)[district.mentions.person[rows]] < 18
    return found


def _references(district: District, count: int) -> Texts:
    return texts(district.number * ROOM + 1 + np.arange(count))
