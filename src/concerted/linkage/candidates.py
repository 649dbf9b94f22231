"""Which pairs are worth comparing: those that share a rare piece of evidence.

Each family of keys is one kind of evidence (a name with a date of birth, a postcode with an occupation). A key that few
records hold proposes every pair among them. A key that more hold than the cap is common: where it is strong enough that
its holders may well be one person (a name with a date of birth, an NHS number) it proposes neighbours in the order of
the records' own values, so that someone recorded a hundred times is not lost; elsewhere it proposes nothing.
"""

from typing import Any, Final

import duckdb
import numpy as np
import pyarrow as pa

from concerted.linkage import engine as db
from concerted.linkage.levels import Comparison

CAP: Final = 60  # holders of one key, above which only neighbours are paired
WEAK_CAP: Final = 20  # the same for evidence that says little alone, of which a large file has very much
NEIGHBOURS: Final = 3  # how many records further on in a common key's order are paired

# Evidence: one SQL value each, over the table `word` (a record's columns once for each of its name words).
_WITH_A_NAME: Final = {
    "name and date of birth": "word[:4] || dob",
    "name and year of birth": "word || year::varchar",
    "name and postcode": "word[:3] || postcode",
    "name and postcode district": "word || district",
    "name and place of birth": "word || place",
    "name and town": "word || town",
    "name and address": "word[:3] || address",
    "name and occupation": "word || occupation",
    "name and organisation": "word || organisation",
    "name": "word",
}
_OF_A_RECORD: Final = {
    "date of birth": "dob",
    "date of birth, its parts in no order": "dob[:4] || least(dob[6:7], dob[9:10]) || greatest(dob[6:7], dob[9:10])",
    "date of birth and postcode": "dob || postcode",
    "date of birth and postcode district": "dob || district",
    "date of birth and place of birth": "dob || place",
    "date of birth and town": "dob || town",
    "date of birth and occupation": "dob || occupation",
    "year of birth and postcode": "year::varchar || postcode",
    "postcode": "postcode",
    "postcode and place of birth": "postcode || place",
    "postcode and occupation": "postcode || occupation",
    "place of birth, occupation and year of birth": "place || occupation || year::varchar",
    "beginnings of both names": "given[:3] || family[:4]",
    "beginnings of both names and year of birth": "given[:2] || family[:2] || year::varchar",
    "address": "address",
    "local id": "source || local_id",
}
_IDENTIFIERS: Final = {"NHS number": "nhs_number", "unique pupil number": "upn", "PNC id": "pnc_id"}
_OF_A_SET: Final = {"telephone": "phones", "e-mail address": "emails", "user name": "handles"}
_WEAK: Final = frozenset({"date of birth", "postcode"})
_STRONG: Final = frozenset({"two names", "name and date of birth", "local id", *_OF_A_SET, *_IDENTIFIERS})
_TWO_NAMES: Final = """
    select n, one || ' ' || two as value
    from (select n, words, unnest(words) as one from standard where len(words) <= 8), unnest(words) as t(two)
    where one < two
"""


def propose(engine: duckdb.DuckDBPyConnection, others: tuple[Comparison, ...]) -> pa.Table:
    """Pairs of the table `standard` as `left`, `right` (record numbers, left < right), each once, in order.

    Leaves the table `candidate` (the same columns) in the engine. Families are taken one at a time: all keys of all
    records at once would be many times what the records are.
    """
    engine.execute("create or replace table word as select * exclude words, unnest(words) as word from standard")
    found = [np.empty(0, np.int64)]
    for name, query in _families(others).items():
        engine.execute(
            f"""create or replace table held as
            select *, count(*) over (partition by hash) as holders
            from (select distinct n, hash(value) as hash from ({query}) where value is not null) qualify holders > 1"""
        )
        found.append(_found(engine, _RARE, WEAK_CAP if name in _WEAK else CAP))
        if name in _STRONG:
            found.append(_found(engine, _NEIGHBOURS, CAP))
    for used in ("word", "held"):
        engine.execute(f"drop table {used}")
    pairs = np.unique(np.concatenate(found))
    left, right = (pairs >> 32).astype(np.int32), (pairs & 0xFFFFFFFF).astype(np.int32)
    proposed = pa.table({"left": left, "right": right})
    db.put(engine, "candidate", proposed)
    return proposed


_RARE: Final = """
    select distinct l.n::bigint << 32 | r.n as pair
    from held l join held r on l.hash = r.hash and l.n < r.n where l.holders <= ?
"""
_NEIGHBOURS: Final = f"""
    with ordered as (
        select n, hash, row_number() over (partition by hash order by whole, dob, postcode, year, n) as turn
        from held join standard using (n) where holders > ?
    )
    select distinct least(l.n, r.n)::bigint << 32 | greatest(l.n, r.n) as pair
    from ordered l join ordered r on l.hash = r.hash and r.turn between l.turn + 1 and l.turn + {NEIGHBOURS}
"""


def _found(engine: duckdb.DuckDBPyConnection, query: str, cap: int) -> np.ndarray[Any, np.dtype[np.int64]]:
    """Pairs as one number each: left in the upper half, right in the lower."""
    pairs: np.ndarray[Any, np.dtype[np.int64]] = db.arrow(engine, query, cap)["pair"].to_numpy()
    return pairs


def _families(others: tuple[Comparison, ...]) -> dict[str, str]:
    """Each family's keys: a query for `n` and `value`."""
    queries = {"two names": _TWO_NAMES}
    queries |= {name: f"select n, {value} as value from word" for name, value in _WITH_A_NAME.items()}
    queries |= {
        name: f"select n, {value} as value from standard" for name, value in (_OF_A_RECORD | _IDENTIFIERS).items()
    }
    queries |= {name: f"select n, unnest({column}) as value from standard" for name, column in _OF_A_SET.items()}
    return queries | {other.name: f"select n, {other.name} as value from standard" for other in others}
