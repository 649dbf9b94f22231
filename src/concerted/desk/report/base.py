"""What the pages of a result folder share: how templates are read, the style, and where each page stands."""

from functools import cache
from importlib.resources import files
from typing import Final, NamedTuple

from jinja2 import ChoiceLoader, Environment, PackageLoader, StrictUndefined
from markupsafe import Markup

from concerted.common.words import counted
from concerted.desk.report import words


class Page(NamedTuple):
    """A page that stands in the folder, and what a link to it says."""

    file: str
    title: str


REPORT: Final = Page("report.html", "What was joined, and why")
NETWORKS: Final = Page("networks.html", "Networks: patterns to check")
QUALITY: Final = Page("quality.html", "Data quality")


def environment(*packages: str) -> Environment:
    """Reads the templates of these packages, the first that has one. What was read from an extract is untrusted: it is
    escaped, and its unseen characters are written out."""
    made = Environment(
        loader=ChoiceLoader([PackageLoader(package) for package in packages]),
        autoescape=True,
        undefined=StrictUndefined,
        finalize=words.made_visible,
        trim_blocks=True,
        lstrip_blocks=True,
    )
    for filter_ in (words.options_whole, words.whole, counted, words.field_words):
        made.filters[filter_.__name__] = filter_
    return made


@cache
def style(*packages: str) -> Markup:
    """The styles of these packages, one after the other."""
    texts = [(files(package) / "style.css").read_text(encoding="utf-8") for package in packages]
    return Markup("\n".join(texts))  # noqa: S704 (our own files, of these packages: nothing that was read comes in)
