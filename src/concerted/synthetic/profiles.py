"""The mapping profile of a file, written out from its layout as an analyst would write it."""

from typing import Any

import yaml

from concerted.synthetic.agencies import Agency
from concerted.synthetic.layouts import DATES, Column, Layout


def profile_text(layout: Layout, agency: Agency) -> str:
    """The YAML of the profile that reads this file of this agency."""
    head: dict[str, Any] = {
        "profile": f"{agency.slug}-{layout.file.removesuffix('.csv').replace('_', '-')}",
        "version": 1,
        "title": f"{layout.title} ({agency.name}, invented)",
        "kind": layout.kind,
        "files": [f"{agency.slug}/{layout.file}"],
        "file": {"format": "csv", "encoding": "windows-1252" if layout.encoding == "windows-1252" else "utf-8"},
        "record_id": layout.columns[0].name,
        "source": {"constant": agency.slug},
        "columns": "complete",
    }
    body = _parts(layout) if layout.parts else {"fields": _fields(layout, "")}
    rest = {"evidence": [column.name for column in layout.columns if column.target == "evidence"]}
    rest["drop"] = {  # type: ignore[assignment]
        column.name: column.target.partition(":")[2] for column in layout.columns if column.target.startswith("drop:")
    }
    content = head | body | {key: value for key, value in rest.items() if value}
    return f"# {layout.title}: {agency.name}, which is invented.\n{yaml_text(content)}"


class _Plain(yaml.SafeDumper):
    """Writes what stands in two places twice, and not as a reference that nobody could read."""

    def ignore_aliases(self, data: Any) -> bool:  # noqa: ARG002 - the signature is that of PyYAML
        return True


def yaml_text(content: dict[str, Any]) -> str:
    """YAML as a person would write it."""
    return yaml.dump(content, Dumper=_Plain, sort_keys=False, allow_unicode=True, width=110, default_flow_style=None)


def _parts(layout: Layout) -> dict[str, Any]:
    return {"parts": {part: {"kind": kind} | _fields(layout, part) for part, kind in layout.parts.items()}}


def _fields(layout: Layout, part: str) -> dict[str, Any]:
    """Columns, constants and links of a part; of the whole row when it has no parts."""
    before = f"{part}." if part else ""
    made = {
        column.target.removeprefix(before): _how(column, layout)
        for column in layout.columns[0 if part else 1 :]
        if _is_field(column) and (column.target.startswith(before) if part else True)
    }
    if not part:
        made |= layout.also
    for name, value in layout.constants.items():
        if name.startswith(before) and ("." in name) == bool(part):
            made[name.removeprefix(before)] = {"constant": value}
    for name, other in layout.links.items():
        if name.startswith(before):
            made[name.removeprefix(before)] = {"part": other}
    return made


def _is_field(column: Column) -> bool:
    return not (column.target == "evidence" or column.target.startswith(("drop:", "ref:")) or column.field == "ref")


def _how(column: Column, layout: Layout) -> Any:
    how, _, detail = column.how.partition(":")
    if how in DATES:
        return {"column": column.name, "date": DATES[how] if column.field.endswith("born") else DATES[how][0]}
    if how == "codes":
        codes = {written: _meaning(meaning) for meaning, written in layout.codes[detail].items()}
        return {"column": column.name, "codes": codes}
    return column.name


def _meaning(meaning: str | None) -> str | None:
    return {"M": "male", "F": "female"}.get(meaning or "", meaning)
