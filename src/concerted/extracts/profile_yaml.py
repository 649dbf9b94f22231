"""Reading the YAML of a profile without trusting it, keeping the line of every key.

A profile may come from anywhere, so no tags, no aliases, no deep nesting, and a bounded size. And YAML has traps: a
bare NO or on becomes true or false, 01 a number, 2009-01-01 a date. Here every value stays the text that its author
wrote, and the models turn text into a number or a yes where one is wanted; so `NO: male` is the code NO.
"""

from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import Any, Final

import yaml

SIZE_LIMIT: Final = 200_000  # characters
DEPTH_LIMIT: Final = 8  # a sound profile needs 5
_COMPLAINTS: Final = (  # what YAML's reader says, what that is in plain words, and what mends it
    ("quoted scalar", "a quotation mark is not closed", "close it, or double it inside quotes"),
    ("cannot start any token", "a value begins with a mark that YAML keeps for itself", 'use quotes, as in "%d/%m/%Y"'),
    ("flow", "a bracket is not closed, or a comma is missing", "close each { with } and each [ with ]"),
    ("mapping values are not", "there is a colon too many, or a wrong indent", "use quotes or braces: {column: NAME}"),
)
Path = tuple[str | int, ...]


@dataclass(frozen=True, slots=True)
class Fault:
    """One thing wrong with a profile. line: in its file, from 1. what and mend: a clause each, plain words."""

    line: int | None
    what: str
    mend: str

    def __str__(self) -> str:
        place = f"line {self.line}: " if self.line else ""
        end = "" if self.mend.endswith("?") else "."
        return f"{place}{self.what}. {self.mend[:1].upper()}{self.mend[1:]}{end}"


class UnreadableError(ValueError):
    """The text is no YAML that a profile may be written in. It carries the fault."""

    def __init__(self, line: int | None, what: str, mend: str) -> None:
        super().__init__(what)
        self.fault = Fault(line, what, mend)


@dataclass(slots=True)
class Source:
    """What a profile's text holds. tree: dicts, lists, texts and None. lines: where each key or item stands."""

    tree: Any = None
    lines: dict[Path, int] = field(default_factory=dict)
    faults: list[Fault] = field(default_factory=list)

    def place_of(self, path: Path) -> Path:
        """That key, or the nearest above it, as the file has it. Steps that are not in the file are skipped."""
        at: Path = ()
        for step in path:
            if (*at, step) in self.lines:
                at = (*at, step)
        return at

    def line_of(self, path: Path) -> int | None:
        """The line of that key, or of the nearest above it."""
        return self.lines.get(self.place_of(path))


def read_yaml(text: str) -> Source:
    """The text's one document. Raises `UnreadableError`; a key that stands twice is a fault of the result."""
    if len(text) > SIZE_LIMIT:
        raise UnreadableError(
            None, f"the profile is longer than {SIZE_LIMIT:,} characters", "give the YAML file of a profile"
        )
    source = Source()
    try:
        events = yaml.parse(text, Loader=yaml.SafeLoader)
        _Reader(source, events).document()
    except yaml.MarkedYAMLError as error:
        raise _explained(error, text) from None
    except (yaml.YAMLError, ValueError, OverflowError) as error:
        if isinstance(error, UnreadableError):
            raise
        raise UnreadableError(
            None, "it holds a character that YAML does not allow", "save it as plain text in UTF-8"
        ) from None
    return source


class _Reader:
    """Builds the tree from the parser's events, one value at a time."""

    def __init__(self, source: Source, events: Iterator[Any]) -> None:
        self._source, self._events = source, events

    def document(self) -> None:
        for event in self._events:
            if isinstance(event, yaml.StreamStartEvent | yaml.DocumentEndEvent):
                continue
            if isinstance(event, yaml.StreamEndEvent):
                return
            if self._source.tree is not None:
                raise UnreadableError(
                    _line(event), "a second document begins here", "keep one profile in a file, and take out `---`"
                )
            if isinstance(event, yaml.DocumentStartEvent):
                self._source.tree = self._value(next(self._events), ())

    def _value(self, event: Any, path: Path) -> Any:
        _refuse_tricks(event, path)
        self._source.lines.setdefault(path, _line(event))
        if isinstance(event, yaml.ScalarEvent):
            empty = event.value == "" and event.style is None
            return None if empty else event.value
        return self._list(path) if isinstance(event, yaml.SequenceStartEvent) else self._mapping(path)

    def _list(self, path: Path) -> list[Any]:
        items: list[Any] = []
        while not isinstance(event := next(self._events), yaml.SequenceEndEvent):
            items.append(self._value(event, (*path, len(items))))
        return items

    def _mapping(self, path: Path) -> dict[str, Any]:
        made: dict[str, Any] = {}
        while not isinstance(event := next(self._events), yaml.MappingEndEvent):
            _refuse_tricks(event, path)
            if not isinstance(event, yaml.ScalarEvent):
                raise UnreadableError(_line(event), "a list or group stands where a key should", "write KEY: VALUE")
            key, line = event.value.strip(), _line(event)
            first = self._source.lines.get((*path, key))
            if key in made:
                self._source.faults.append(
                    Fault(line, f"{key} stands a second time; the first is in line {first}", "keep one of the two")
                )
            self._source.lines.setdefault((*path, key), line)
            value = self._value(next(self._events), (*path, key))
            made.setdefault(key, value)
        return made


def _refuse_tricks(event: Any, path: Path) -> None:
    """What a profile never needs, and what a hostile one would use."""
    if isinstance(event, yaml.AliasEvent):
        raise UnreadableError(
            _line(event),
            f"*{event.anchor} refers to another place",
            "write the value itself, in quotes if it begins with *",
        )
    if getattr(event, "anchor", None):
        raise UnreadableError(
            _line(event), f"&{event.anchor} marks a place", "leave it out, or use quotes if a value begins with &"
        )
    if getattr(event, "tag", None):
        raise UnreadableError(
            _line(event), f"{event.tag} is a tag", "leave it out, or use quotes if a value begins with !"
        )
    if len(path) > DEPTH_LIMIT:
        raise UnreadableError(
            _line(event), "the brackets or indents are nested too deep", "compare with the page on mapping profiles"
        )


def _line(event: Any) -> int:
    return int(event.start_mark.line) + 1


def _explained(error: yaml.MarkedYAMLError, text: str) -> UnreadableError:
    """YAML's own complaint in plain words, with what most often causes it, at the line where that begins."""
    mark = error.problem_mark or error.context_mark
    number = mark.line + 1 if mark else None
    lines = text.splitlines()
    line = lines[number - 1] if number and number <= len(lines) else ""
    if "\t" in line[: len(line) - len(line.lstrip())]:
        return UnreadableError(number, "the line is indented with a tab", "use blanks")
    for sign, what, mend in _COMPLAINTS:
        if sign in f"{error.context} {error.problem}":
            began = error.context_mark.line + 1 if error.context_mark else number
            return UnreadableError(began, what, mend)
    return UnreadableError(
        number, "the line cannot be read as YAML", "check its indent, and that each colon has a blank after it"
    )
