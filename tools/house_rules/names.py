"""What a name in a module stands for: after `from datetime import datetime as dt`, `dt.now` is that class's `now`."""

import ast
from collections.abc import Iterator


def imported(module: ast.Module) -> dict[str, str]:
    """Each name that an import makes, with the dotted name that it stands for."""
    names: dict[str, str] = {}
    for node in ast.walk(module):
        if isinstance(node, ast.Import):
            for alias in node.names:
                first = alias.name.partition(".")[0]
                names[alias.asname or first] = alias.name if alias.asname else first
        elif isinstance(node, ast.ImportFrom) and node.module and not node.level:
            names.update({alias.asname or alias.name: f"{node.module}.{alias.name}" for alias in node.names})
    return names


def dotted(node: ast.expr, names: dict[str, str]) -> str | None:
    """The whole dotted name of an expression such as `dt.now`; None when it is no plain name of an import."""
    if isinstance(node, ast.Name):
        return names.get(node.id)
    if isinstance(node, ast.Attribute):
        base = dotted(node.value, names)
        return f"{base}.{node.attr}" if base else None
    return None


def uses(module: ast.Module) -> Iterator[tuple[ast.expr, str]]:
    """Every use of an imported name, with its whole dotted name."""
    names = imported(module)
    for node in ast.walk(module):
        if isinstance(node, ast.Name | ast.Attribute):
            whole = dotted(node, names)
            if whole:
                yield node, whole


def imports(module: ast.Module) -> Iterator[tuple[int, str]]:
    """Every module that is imported, also by `import_module("...")`, with its line."""
    for node in ast.walk(module):
        if isinstance(node, ast.Import):
            yield from ((node.lineno, alias.name) for alias in node.names)
        elif isinstance(node, ast.ImportFrom) and node.module and not node.level:
            yield from ((node.lineno, f"{node.module}.{alias.name}") for alias in node.names)
        elif isinstance(node, ast.Call) and node.args and isinstance(node.args[0], ast.Constant):
            called = node.func.attr if isinstance(node.func, ast.Attribute) else getattr(node.func, "id", "")
            if called in {"import_module", "__import__"}:
                yield node.lineno, str(node.args[0].value)
