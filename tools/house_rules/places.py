"""Rules about places that belong to somebody's machine and not to the project, in any file at all."""

import re
from collections.abc import Iterator
from typing import Final

from tools.house_rules.tree import Finding, KeptFile

# Written so that no line here is what it looks for: a group or an escaped dot stands inside each.
_MACHINE_PATH: Final = re.compile(
    r"(?<![\w.~*-])/(?:home|Users|root|work)/(?=[\w.{$<-])"
    r"|(?<![\w.~*-])/(?:var/folders|mnt/[a-z])/(?=\w)"
    r"|\b[A-Za-z]:[\\/]{1,2}(?:Users|Documents and Settings)[\\/]",
)
_REGISTRY_HOST: Final = re.compile(
    r"\bpypi\.(?:org|python\.org)\b|\bpythonhosted\.org\b|\bnpmjs\.(?:org|com)\b|\byarnpkg\.com\b"
    r"|\b(?:deb|ftp|security|archive|ports)\.(?:debian|ubuntu)\.(?:org|com)\b|\bcrates\.io\b|\bproxy\.golang\.org\b"
    r"|\banaconda\.(?:org|com)\b|\brubygems\.org\b|\brepo1?\.maven\.\w+\b|\bplaywright\.azureedge\.net\b"
    r"|^\s*(?:--)?(?:extra-)?index-url[ =]|^\s*(?:--)?find-links[ =]",
    re.IGNORECASE,
)


def machine_path(file: KeptFile) -> Iterator[Finding]:
    """No path of one person's machine: it works nowhere else, and tells who made it."""
    for line, match in file.find(_MACHINE_PATH):
        yield Finding(
            file.path,
            line,
            "machine path",
            f"{match.group()} belongs to one machine: it works on no other, and tells whose it was. Write the path "
            "from the project's root, take it as an argument, or use tmp_path in a test",
        )


def registry_host(file: KeptFile) -> Iterator[Finding]:
    """No address of a package registry: many partners reach packages only through a mirror of their own."""
    for line, match in file.find(_REGISTRY_HOST):
        yield Finding(
            file.path,
            line,
            "registry host",
            f"{match.group().strip()} names a place that packages come from, and many partners reach packages only "
            "through a mirror of their own. Name the package and its hash; each machine's own settings say where from",
        )
