"""A function of a `services.py` that could change something without an event, found by reading its text."""

import ast
from functools import cache
from pathlib import Path
from typing import Final, NamedTuple

import concerted

SOURCE: Final = Path(concerted.__file__).parents[1]
RECORD: Final = ("concerted.audit.services", "record")
TEACH: Final = (
    "What changes something says so in the same transaction: take `acting: Acting` as the first argument and call"
    " `concerted.audit.services.record(acting, Act.X, subjects)` as the last thing within `transaction.atomic()`. What"
    " only reads belongs in selectors.py; what helps is private, with a name that begins with `_`."
)


class Function(NamedTuple):
    """A function by its module and name."""

    module: str
    name: str


def services(source: Path = SOURCE) -> list[str]:
    """The modules of the applications that change state."""
    found = [*source.glob("concerted/*/services.py"), *source.glob("concerted/*/services/*.py")]
    return sorted(".".join(path.relative_to(source).with_suffix("").parts) for path in found)


def unrecorded(module: str, source: Path = SOURCE) -> list[str]:
    """What is wrong with its functions, a sentence each."""
    wrong = []
    for one in _tree(source, module).body:
        if isinstance(one, ast.FunctionDef) and not one.name.startswith("_"):
            where = f"{module}.{one.name}"
            if not _takes_acting(one):
                wrong.append(f"{where} does not take `acting: Acting` as its first argument. {TEACH}")
            elif not _records(source, Function(module, one.name), frozenset()):
                wrong.append(f"{where} never calls record. {TEACH}")
    return wrong


def _takes_acting(of: ast.FunctionDef) -> bool:
    first = (of.args.posonlyargs + of.args.args)[:1]
    return bool(first) and first[0].arg == "acting" and ast.unparse(first[0].annotation or of) == "Acting"


def _records(source: Path, of: Function, seen: frozenset[Function]) -> bool:
    """Whether it calls `record`, or a function of ours that does."""
    if of == Function(*RECORD):
        return True
    body = next((one for one in _tree(source, of.module).body if getattr(one, "name", None) == of.name), None)
    if body is None or of in seen:
        return False
    names = _names(source, of.module)
    called = {
        found
        for call in ast.walk(body)
        if isinstance(call, ast.Call) and (found := names.get(ast.unparse(call.func).partition("(")[0]))
    }
    return any(_records(source, one, seen | {of}) for one in called)


@cache
def _names(source: Path, module: str) -> dict[str, Function]:
    """What a name in it calls: its own functions, and those of ours that it imports, by themselves or by module."""
    names = {}
    for one in ast.walk(_tree(source, module)):
        if isinstance(one, ast.FunctionDef):
            names[one.name] = Function(module, one.name)
        elif isinstance(one, ast.ImportFrom) and (one.module or "").startswith("concerted"):
            for given in one.names:
                there, called = f"{one.module}.{given.name}", given.asname or given.name
                names[called] = Function(str(one.module), given.name)
                for inner in _tree(source, there).body:
                    if isinstance(inner, ast.FunctionDef):
                        names[f"{called}.{inner.name}"] = Function(there, inner.name)
    return names


@cache
def _tree(source: Path, module: str) -> ast.Module:
    """Empty for what is no module."""
    for end in (".py", "/__init__.py"):
        place = source / (module.replace(".", "/") + end)
        if place.is_file():
            return ast.parse(place.read_text(encoding="utf-8"))
    return ast.Module([], [])
