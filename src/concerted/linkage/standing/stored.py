"""A growing picture kept: its first layer in files that are mapped, and each change after it as one piece of bytes."""

import json
from dataclasses import replace
from pathlib import Path
from typing import Any, Final

import numpy as np
import pyarrow as pa

from concerted.linkage.decisions import Decision
from concerted.linkage.release import Release
from concerted.linkage.standing.growing import Growing, stood_for
from concerted.linkage.standing.keyed import Keyed
from concerted.linkage.standing.layers import REFINED_BY, Layer
from concerted.linkage.standing.step import stood_for_after

FORM: Final = b"1"
_ABOUT: Final = b"about"
_STANDS: Final = ("record", "stands_for")


def follows(before: Growing, after: Growing) -> bool:
    """Whether the one was made from the other by one more layer, and can be kept as what that added; else it was made
    from the beginning, and is kept anew."""
    return after.layers[:-1] == before.layers and after.records >= before.records


def added(before: Growing, after: Growing) -> bytes:
    """What `join` added to a picture, which `with_added` puts onto it again."""
    was = np.append(before.stands_for, np.arange(before.records, after.records, dtype=np.int32))
    other = np.flatnonzero(was != after.stands_for).astype(np.int32)
    stands = pa.table(dict(zip(_STANDS, (other, after.stands_for[other]), strict=True)))
    about = {"others": after.others, "filled": dict(after.filled)}
    return _written([*_tables(after.layers[-1]), _with(stands, about)])


def with_added(before: Growing, blob: bytes, decisions: tuple[Decision, ...]) -> Growing:
    """The picture with what was added to it. decisions: all that there are then. Raises ValueError for bytes that are
    not of this form."""
    *tables, stands = _read(pa.py_buffer(blob))
    layer, about = _layer(tables), _about(stands)
    new = np.arange(before.records, before.records + layer.table.num_rows, dtype=np.int32)
    stands_for = np.append(before.stands_for, new)
    stands_for[stands["record"].to_numpy()] = stands["stands_for"].to_numpy()
    return replace(
        before,
        decisions=decisions,
        layers=(*before.layers, layer),
        stands_for=stands_for,
        stood_for=stood_for_after(before, stands_for, stands["record"].to_numpy()),
        others=tuple(about["others"]),
        filled=about["filled"],
        settled=None,
    )


def save(path: Path, picture: Growing) -> None:
    """Keep a picture of one layer in a file, without its release and decisions."""
    (layer,) = picture.layers
    about = {
        "others": picture.others,
        "filled": dict(picture.filled),
        "unique_sources": sorted(picture.unique_sources),
    }
    stands = _with(pa.table({_STANDS[1]: picture.stands_for}), about)
    with pa.OSFile(str(path), "wb") as file:
        _write(file, [*_tables(layer), stands])


def opened(path: Path, release: Release, decisions: tuple[Decision, ...]) -> Growing:
    """The picture of a file, mapped: nothing of it is read before it is asked for. Raises ValueError as `with_added`
    does."""
    *tables, stands = _read(pa.memory_map(str(path)).read_buffer())
    about = _about(stands)
    stands_for = stands[_STANDS[1]].to_numpy()
    return Growing(
        release,
        frozenset(about["unique_sources"]),
        decisions,
        (_layer(tables),),
        stands_for,
        stood_for(stands_for, np.arange(len(stands_for), dtype=np.int32)),
        tuple(about["others"]),
        about["filled"],
    )


def _tables(layer: Layer) -> list[pa.Table]:
    return [
        layer.table,
        pa.table({"keys": layer.found.keys, "holders": layer.found.holders}),
        pa.table(dict(layer.refining)),
        pa.table({"pairs": layer.pairs, "weights": layer.weights}),
    ]


def _layer(tables: list[pa.Table]) -> Layer:
    rows, found, refining, pairs = tables
    numbers = {name: refining[name].to_numpy() for name in REFINED_BY}
    held = Keyed(found["keys"].to_numpy(), found["holders"].to_numpy())
    return Layer(rows, held, numbers, pairs["pairs"].to_numpy(), pairs["weights"].to_numpy())


def _with(table: pa.Table, about: dict[str, Any]) -> pa.Table:
    return table.replace_schema_metadata({_ABOUT: json.dumps(about), b"form": FORM})


def _about(table: pa.Table) -> dict[str, Any]:
    said = table.schema.metadata or {}
    if said.get(b"form") != FORM:
        raise ValueError("a growing picture of another form")
    found: dict[str, Any] = json.loads(said[_ABOUT])
    return found


def _written(tables: list[pa.Table]) -> bytes:
    sink = pa.BufferOutputStream()
    _write(sink, tables)
    return bytes(sink.getvalue())


def _write(sink: Any, tables: list[pa.Table]) -> None:
    """One stream of Arrow after the other, each in one piece, so that a column is one array."""
    for table in tables:
        whole = table.combine_chunks()
        with pa.ipc.new_stream(sink, whole.schema) as stream:
            stream.write_table(whole)


def _read(buffer: pa.Buffer) -> list[pa.Table]:
    reader, found = pa.BufferReader(buffer), []
    while reader.tell() < buffer.size:
        found.append(pa.ipc.open_stream(reader).read_all())
    return found
