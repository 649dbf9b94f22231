"""GOV.UK's own examples of its components, and how each is asked of ours."""

import json
import re
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any, Final

from django.utils.safestring import SafeString

from concerted.web.components import inputs, lists, small
from concerted.web.components.element import Inside

COMPONENTS: Final = Path(__file__).parents[2] / "frontend/node_modules/govuk-frontend/dist/govuk/components"
Options = dict[str, Any]
# Examples of what ours never does: options without a value, an error that is not told to be one.
_UNLIKE: Final = {
    *(("select", name) for name in ("without values", "without values with selected value", "with falsy values")),
    ("error-message", "visually hidden text removed"),
}
_MEANT_WHEN_FALSE: Final = {"preventDoubleClick", "disableAutoFocus", "spellcheck"}
_ASKED: Final = {
    *(
        "name",
        "id",
        "idPrefix",
        "label.text",
        "label.html",
        "label.isPageHeading",
        "label.classes:govuk-label--[smlx]+",
    ),
    *("hint.text", "hint.html", "errorMessage.text", "errorMessage.html"),
}
_LEGEND: Final = {f"fieldset.legend.{key}" for key in ("text", "html", "isPageHeading", "classes:.*--[smlx]+")}
_CHOICES: Final = {f"items.{key}" for key in ("value", "text", "html", "hint.text", "checked", "disabled", "divider")}


@dataclass(frozen=True)
class Drawn:
    """How a component is drawn from GOV.UK's options. knows: which of them ours has, by patterns of paths. least:
    how many of the examples ask for no others; fewer would mean that the examples are not read."""

    knows: set[str]
    draw: Callable[[Options], SafeString]
    least: int


def examples(component: str) -> Iterator[tuple[str, Options, str]]:
    """Name, options and HTML of each example that asks for nothing ours has not."""
    known = re.compile("|".join(DRAWN[component].knows))
    for one in json.loads((COMPONENTS / component / "fixtures.json").read_text(encoding="utf-8"))["fixtures"]:
        if all(known.fullmatch(path) for path in _paths(one["options"])) and (component, one["name"]) not in _UNLIKE:
            yield one["name"], one["options"], one["html"]


def _paths(options: Any, above: str = "") -> Iterator[str]:
    """Each option that says something, as a path; of classes each by itself."""
    if isinstance(options, dict) and options:
        for key, value in options.items():
            yield from _paths(value, f"{above}.{key}" if above else key)
    elif isinstance(options, list) and options:
        for one in options:
            yield from _paths(one, above) if one else [f"{above}:nothing"]
    elif above.lower().endswith("classes"):
        yield from (f"{above}:{one}" for one in str(options or "").split())
    elif options is False and above.rpartition(".")[2] in _MEANT_WHEN_FALSE:
        yield f"{above}:no"
    elif options not in (None, False, ""):
        yield above


def words(options: Options | None, text: str = "text", html: str = "html") -> Inside:
    """What an option says, as HTML where it is that."""
    options = options or {}
    return SafeString(options[html]) if options.get(html) else options.get(text)


def _after(options: Options, begin: str) -> Any:
    """The part of a class after its beginning: the size of a label, the colour of a tag."""
    named = [one.removeprefix(begin) for one in str(options.get("classes", "")).split() if one.startswith(begin)]
    return named[0] if named else ""


def _asked(of: Options) -> inputs.Asked:
    label = of.get("label") or (of.get("fieldset") or {}).get("legend") or {}
    size = _after(label, "govuk-label--") or _after(label, "govuk-fieldset__legend--")
    at = of.get("idPrefix") or of.get("id") or ""
    heading = bool(label.get("isPageHeading"))
    told = words(of.get("hint")), words(of.get("errorMessage"))
    return inputs.Asked(of.get("name", ""), words(label) or "", *told, id=at, size=size, heading=heading)


def _choices(of: Options) -> list[inputs.Choice]:
    return [
        inputs.Choice(
            str(one.get("value", "")),
            one.get("divider") or words(one),
            words(one.get("hint")),
            bool(one.get("checked") or one.get("selected")),
            bool(one.get("disabled")),
            "divider" in one,
            one.get("behaviour") == "exclusive",
        )
        for one in of.get("items", [])
    ]


def _text_input(of: Options) -> SafeString:
    kept = {key: of.get(key) for key in ("inputmode", "autocomplete", "pattern", "autocapitalize", "disabled")}
    ends = {"prefix": words(of.get("prefix")), "suffix": words(of.get("suffix"))}
    width = _after(of, "govuk-input--width-")
    return inputs.text_input(_asked(of), of.get("value"), kind=of.get("type", "text"), width=width, **ends, **kept)


def _password(of: Options) -> SafeString:
    kept = {"autocomplete": of["autocomplete"]} if "autocomplete" in of else {}
    return inputs.password_input(_asked(of), **kept)


def _textarea(of: Options) -> SafeString:
    return inputs.textarea(_asked(of), of.get("value"), of.get("rows", 5), autocomplete=of.get("autocomplete"))


def _radios(of: Options) -> SafeString:
    inline, tight = (f"govuk-radios--{one}" in of.get("classes", "").split() for one in ("inline", "small"))
    return inputs.radios(_asked(of), _choices(of), inline=inline, small=tight)


def _checkboxes(of: Options) -> SafeString:
    return inputs.checkboxes(_asked(of), _choices(of), small=_after(of, "govuk-checkboxes--") == "small")


def _button(of: Options) -> SafeString:
    kept: Options = {key: of[key] for key in ("name", "value", "id", "type") if key in of}
    kept |= {"disabled": True, "aria_disabled": "true"} if of.get("disabled") else {}
    once = bool(of.get("preventDoubleClick"))
    start = bool(of.get("isStartButton"))
    return small.button(words(of), of.get("href"), _after(of, "govuk-button--"), start=start, once=once, **kept)


def _tag(of: Options) -> SafeString:
    return small.tag(words(of), _after(of, "govuk-tag--"))


def _crumbs(of: Options) -> SafeString:
    return small.breadcrumbs([(one.get("text", ""), one.get("href", "")) for one in of["items"]])


def _notification(of: Options) -> SafeString:
    return small.notification(words(of), success=of.get("type") == "success", title=of.get("titleText"))


def _error_summary(of: Options) -> SafeString:
    found = [(words(one), one.get("href", "").removeprefix("#")) for one in of.get("errorList", [])]
    title = of.get("titleText", "There is a problem")
    return lists.error_summary(found, title, words(of, "descriptionText", "descriptionHtml"))


def _acts(of: Options | None) -> list[lists.Act]:
    items = (of or {}).get("items", [])
    return [lists.Act(one["text"], one["href"], one.get("visuallyHiddenText", "")) for one in items]


def _summary(of: Options) -> SafeString:
    rows = [lists.Row(words(one["key"]), words(one["value"]), _acts(one.get("actions"))) for one in of["rows"]]
    if "card" in of:
        card = of["card"]
        return lists.summary_card(card["title"]["text"], rows, _acts(card.get("actions")))
    return lists.summary_list(rows, border=_after(of, "govuk-summary-list--") != "no-border")


def _table(of: Options) -> SafeString:
    first = of["rows"][0]
    shape = of.get("head") or [{"format": one.get("format")} for one in first]
    heads = [lists.Head(words(one) or "", one.get("format") == "numeric") for one in shape]
    rows = [[words(cell) for cell in row] for row in of["rows"]]
    size = _after({"classes": of.get("captionClasses", "")}, "govuk-table__caption--")
    return lists.table(heads, rows, of.get("caption", ""), size=size, named=bool(of.get("firstCellIsHeader")))


def _pagination(of: Options) -> SafeString:
    numbers = [
        (None if one.get("ellipsis") else int(one["number"]), one.get("href", ""), bool(one.get("current")))
        for one in of.get("items", [])
    ]
    before, after = ((of.get(key) or {}).get("href", "") for key in ("previous", "next"))
    return lists.pagination(numbers, before, after)


def _task_state(of: Options) -> Inside:
    return _tag(of["tag"]) if "tag" in of else words(of)


def _tasks(of: Options) -> SafeString:
    return lists.task_list(
        [
            lists.Task(words(one["title"]), one.get("href", ""), _task_state(one["status"]), words(one.get("hint")))
            for one in of["items"]
        ],
        of.get("idPrefix", "task-list"),
    )


def _navigation(of: Options) -> SafeString:
    found = [lists.Place(one["text"], one["href"], bool(one.get("current"))) for one in of.get("navigation", [])]
    return lists.service_navigation(found, of.get("serviceName", ""), of.get("serviceUrl", ""))


def _panel(of: Options) -> SafeString:
    return small.panel(words(of, "titleText", "titleHtml"), words(of), of.get("headingLevel", 1))


DRAWN: Final[dict[str, Drawn]] = {
    "back-link": Drawn(
        {"text", "html", "href"}, lambda of: small.back_link(of.get("href", "#"), words(of) or "Back"), 2
    ),
    "breadcrumbs": Drawn({"items.text", "items.href"}, _crumbs, 4),
    "button": Drawn(
        {"text", "href", r"classes:govuk-button--\w+", "name", "value", "id", "type", "disabled", "isStartButton"}
        | {"preventDoubleClick", "element"},
        _button,
        19,
    ),
    "checkboxes": Drawn(
        _ASKED | _LEGEND | _CHOICES | {"items.behaviour", "classes:govuk-checkboxes--small"}, _checkboxes, 14
    ),
    "details": Drawn(
        {"summaryText", "summaryHtml", "text", "html", "id", "open"},
        lambda of: small.details(
            words(of, "summaryText", "summaryHtml"), words(of), opened=bool(of.get("open")), id_=of.get("id")
        ),
        6,
    ),
    "error-message": Drawn({"text", "id"}, lambda of: inputs.error_message(words(of), of.get("id")), 3),
    "error-summary": Drawn(
        {"titleText", "descriptionText", "descriptionHtml"} | {f"errorList.{key}" for key in ("text", "html", "href")},
        _error_summary,
        8,
    ),
    "inset-text": Drawn({"text", "html", "id"}, lambda of: small.inset(words(of), of.get("id")), 4),
    "input": Drawn(
        _ASKED
        | {
            "value",
            "type",
            r"classes:govuk-input--width-\d+",
            "inputmode",
            "autocomplete",
            "pattern",
            "autocapitalize",
            "disabled",
        }
        | {f"{one}.{kind}" for one in ("prefix", "suffix") for kind in ("text", "html")},
        _text_input,
        20,
    ),
    "notification-banner": Drawn({"text", "html", "titleText", "type"}, _notification, 6),
    "pagination": Drawn(
        {f"items.{key}" for key in ("number", "href", "current", "ellipsis")} | {"previous.href", "next.href"},
        _pagination,
        6,
    ),
    "panel": Drawn({"titleText", "titleHtml", "text", "html", "headingLevel"}, _panel, 4),
    "password-input": Drawn(_ASKED | {"autocomplete"}, _password, 4),
    "phase-banner": Drawn(
        {"tag.text", "text", "html"}, lambda of: small.phase_banner((of.get("tag") or {}).get("text", ""), words(of)), 3
    ),
    "radios": Drawn(_ASKED | _LEGEND | _CHOICES | {r"classes:govuk-radios--(inline|small)"}, _radios, 15),
    "select": Drawn(
        _ASKED | {f"items.{key}" for key in ("value", "text", "selected", "disabled")},
        lambda of: inputs.select(_asked(of), _choices(of)),
        5,
    ),
    "service-navigation": Drawn(
        {"navigation.text", "navigation.href", "navigation.current", "serviceName", "serviceUrl"}, _navigation, 5
    ),
    "skip-link": Drawn(
        {"text", "html", "href"},
        lambda of: small.skip_link(of.get("href", "#content"), words(of)),
        4,
    ),
    "summary-list": Drawn(
        {
            "classes:govuk-summary-list--no-border",
            "rows.key.text",
            "rows.key.html",
            "rows.value.text",
            "rows.value.html",
            "card.title.text",
        }
        | {f"{of}actions.items.{key}" for of in ("rows.", "card.") for key in ("text", "href", "visuallyHiddenText")},
        _summary,
        8,
    ),
    "table": Drawn(
        {"caption", "captionClasses:govuk-table__caption--[smlx]+", "firstCellIsHeader"}
        | {f"{of}.{key}" for of in ("head", "rows") for key in ("text", "html", "format")},
        _table,
        5,
    ),
    "tag": Drawn({"text", "html", r"classes:govuk-tag--\w+"}, _tag, 8),
    "task-list": Drawn(
        {f"items.{key}" for key in ("title.text", "title.html", "href", "hint.text", "status.text", "status.html")}
        | {"items.status.tag.text", r"items.status.tag.classes:govuk-tag--\w+", "idPrefix"},
        _tasks,
        4,
    ),
    "textarea": Drawn(_ASKED | {"value", "rows", "autocomplete"}, _textarea, 8),
    "warning-text": Drawn(
        {"text", "html", "iconFallbackText"},
        lambda of: small.warning(words(of), of.get("iconFallbackText", "Warning")),
        4,
    ),
}
