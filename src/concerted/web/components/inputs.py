"""Parts that are filled in, each with its label, its hint and what is wrong with it."""

from collections.abc import Sequence
from dataclasses import dataclass, field
from typing import Final, Literal

from django.utils.safestring import SafeString

from concerted.web.components.element import Inside, classes, element, hidden, joined

Size = Literal["", "s", "m", "l", "xl"]
Attributes = dict[str, object]
_AS_TYPED: Final[Attributes] = {"spellcheck": "false", "autocapitalize": "none"}


@dataclass(frozen=True)
class Asked:
    """What is asked for, and under which name. error: what is wrong with what was given. heading: the label is the
    heading of the page. size: of the label or legend."""

    name: str
    label: Inside = ""
    hint: Inside = None
    error: Inside = None
    id: str = ""
    size: Size = ""
    heading: bool = False

    @property
    def at(self) -> str:
        """The id of what is filled in, which a summary of errors leads to."""
        return self.id or self.name

    @property
    def described(self) -> str | None:
        """The ids of hint and error."""
        return classes(self.hint and f"{self.at}-hint", self.error and f"{self.at}-error") or None


@dataclass(frozen=True)
class Choice:
    """One of several. divider: no choice, a word between them. exclusive: none of the others goes with it."""

    value: str
    text: Inside
    hint: Inside = None
    chosen: bool = False
    disabled: bool = False
    divider: bool = False
    exclusive: bool = False
    attributes: Attributes = field(default_factory=dict)


def text_input(
    asked: Asked,
    value: Inside = None,
    *,
    kind: str = "text",
    width: str = "",
    prefix: Inside = None,
    suffix: Inside = None,
    **attributes: object,
) -> SafeString:
    """width: in characters (2, 3, 4, 5, 10, 20 or 30) where the answer has a length."""
    filled = _input(asked, value, kind, f"govuk-input--width-{width}" if width else "", attributes)
    if prefix or suffix:
        before = element("div", prefix, class_="govuk-input__prefix", aria_hidden="true") if prefix else None
        after = element("div", suffix, class_="govuk-input__suffix", aria_hidden="true") if suffix else None
        filled = element("div", before, filled, after, class_="govuk-input__wrapper")
    return _group(asked, _label(asked), filled)


def password_input(asked: Asked, **attributes: object) -> SafeString:
    """A password, which a button shows where scripts run. It is never sent back into the page."""
    attributes = {"autocomplete": "current-password"} | _AS_TYPED | attributes
    also = "govuk-password-input__input govuk-js-password-input-input"
    show = element(
        "button",
        "Show",
        type="button",
        class_="govuk-button govuk-button--secondary govuk-password-input__toggle govuk-js-password-input-toggle",
        data_module="govuk-button",
        aria_controls=asked.at,
        aria_label="Show password",
        hidden=True,
    )
    wrapper = "govuk-input__wrapper govuk-password-input__wrapper"
    filled = element("div", _input(asked, None, "password", also, attributes), show, class_=wrapper)
    return _group(asked, _label(asked), filled, also="govuk-password-input", data_module="govuk-password-input")


def textarea(asked: Asked, value: Inside = None, rows: int = 5, **attributes: object) -> SafeString:
    class_ = classes("govuk-textarea", asked.error and "govuk-textarea--error")
    filled = element(
        "textarea",
        value,
        class_=class_,
        id=asked.at,
        name=asked.name,
        rows=rows,
        aria_describedby=asked.described,
        **attributes,
    )
    return _group(asked, _label(asked), filled)


def select(asked: Asked, choices: Sequence[Choice], **attributes: object) -> SafeString:
    options = (
        element("option", one.text, value=one.value, selected=one.chosen, disabled=one.disabled, **one.attributes)
        for one in choices
    )
    class_ = classes("govuk-select", asked.error and "govuk-select--error")
    filled = element(
        "select", *options, class_=class_, id=asked.at, name=asked.name, aria_describedby=asked.described, **attributes
    )
    return _group(asked, _label(asked), filled)


def radios(asked: Asked, choices: Sequence[Choice], *, inline: bool = False, small: bool = False) -> SafeString:
    """One of several."""
    return _several(asked, choices, "radio", inline=inline, small=small)


def checkboxes(asked: Asked, choices: Sequence[Choice], *, small: bool = False) -> SafeString:
    """Any of several; without a label: something to agree to."""
    return _several(asked, choices, "checkbox", small=small)


def fieldset(
    legend: Inside, inside: Inside, size: Size = "", *, heading: bool = False, described: str | None = None
) -> SafeString:
    """What is asked together. heading: its legend is the heading of the page."""
    words = element("h1", legend, class_="govuk-fieldset__heading") if heading else legend
    head = element(
        "legend", words, class_=classes("govuk-fieldset__legend", size and f"govuk-fieldset__legend--{size}")
    )
    return element("fieldset", head, inside, class_="govuk-fieldset", aria_describedby=described)


def _several(
    asked: Asked, choices: Sequence[Choice], kind: str, *, inline: bool = False, small: bool = False
) -> SafeString:
    name = "govuk-radios" if kind == "radio" else "govuk-checkboxes"
    items = joined(_choice(asked, one, number, kind, name) for number, one in enumerate(choices, 1))
    class_ = classes(name, inline and f"{name}--inline", small and f"{name}--small")
    listed = element("div", items, class_=class_, data_module=name)
    told = joined([*_told(asked), listed])
    if not asked.label:
        return _group(asked, None, listed)
    whole = fieldset(asked.label, told, asked.size, heading=asked.heading, described=asked.described)
    return element("div", whole, class_=_group_class(asked))


def _choice(asked: Asked, choice: Choice, number: int, kind: str, name: str) -> SafeString:
    if choice.divider:
        return element("div", choice.text, class_=f"{name}__divider")
    at = asked.at if number == 1 else f"{asked.at}-{number}"
    hint = f"{at}-item-hint" if choice.hint else None
    outside = asked.described if kind == "checkbox" and not asked.label else None
    box = element(
        "input",
        class_=f"{name}__input",
        id=at,
        name=asked.name,
        type=kind,
        value=choice.value,
        checked=choice.chosen,
        disabled=choice.disabled,
        data_behaviour="exclusive" if choice.exclusive else None,
        aria_describedby=classes(outside, hint) or None,
        **choice.attributes,
    )
    label = element("label", choice.text, class_=f"govuk-label {name}__label", for_=at)
    told = element("div", choice.hint, id=hint, class_=f"govuk-hint {name}__hint") if hint else None
    return element("div", box, label, told, class_=f"{name}__item")


def _input(asked: Asked, value: Inside, kind: str, also: str, attributes: Attributes) -> SafeString:
    return element(
        "input",
        class_=classes("govuk-input", also, asked.error and "govuk-input--error"),
        id=asked.at,
        name=asked.name,
        type=kind,
        value=value,
        aria_describedby=asked.described,
        **attributes,
    )


def _label(asked: Asked) -> SafeString:
    class_ = classes("govuk-label", asked.size and f"govuk-label--{asked.size}")
    label = element("label", asked.label, class_=class_, for_=asked.at)
    return element("h1", label, class_="govuk-label-wrapper") if asked.heading else label


def _told(asked: Asked) -> list[SafeString]:
    """Hint and error."""
    hint = [element("div", asked.hint, id=f"{asked.at}-hint", class_="govuk-hint")] if asked.hint else []
    return [*hint, *([error_message(asked.error, f"{asked.at}-error")] if asked.error else [])]


def error_message(text: Inside, id_: str | None = None) -> SafeString:
    return element("p", hidden("Error:"), " ", text, id=id_, class_="govuk-error-message")


def _group(asked: Asked, label: Inside, filled: Inside, also: str = "", **attributes: object) -> SafeString:
    return element("div", label, *_told(asked), filled, class_=_group_class(asked, also), **attributes)


def _group_class(asked: Asked, also: str = "") -> str:
    return classes("govuk-form-group", "govuk-form-group--error" if asked.error else None, also)
