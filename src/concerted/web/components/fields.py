"""From a field of a form to the part that asks for it, with its label, hint, value and error."""

from collections.abc import Callable, Iterable, Iterator
from dataclasses import replace
from typing import Any, Final

from django import forms
from django.forms.boundfield import BoundField
from django.utils.html import strip_tags
from django.utils.safestring import SafeString

from concerted.web.components import inputs, lists, small
from concerted.web.components.element import Inside
from concerted.web.components.inputs import Asked, Choice, Size

_OURS: Final = frozenset(
    {"id", "class", "required", "placeholder", "autofocus", "aria-describedby", "rows", "cols", "size"}
)
"""Attributes of a widget that the part sets itself, or that keep somebody out: a placeholder goes when one types."""
_KINDS: Final = ("email", "tel", "search", "url")  # number is none: browsers change what is typed there
_REQUIRED: Final = forms.Field.default_error_messages["required"]
_WIDTHS: Final = (2, 3, 4, 5, 10, 20, 30)


def field(
    bound: BoundField,
    *,
    label: str = "",
    hint: Inside = None,
    size: Size = "",
    heading: bool = False,
    width: str = "",
    **how: Any,
) -> SafeString:
    """The part that asks for this field. label, hint: instead of the form's own."""
    if bound.is_hidden:
        return SafeString(str(bound))
    asked = Asked(
        bound.html_name,
        _label(bound, label),
        hint if hint is not None else bound.help_text or None,
        _error(bound),
        bound.auto_id or bound.html_name,
        size,
        heading,
    )
    widget = bound.field.widget
    for kind, drawn in _DRAWN:
        if isinstance(widget, kind):
            return drawn(bound, asked, how)
    attributes = _attributes(widget) | how
    given = bound.value()
    value = widget.format_value(given) if given not in (None, "") else None
    if isinstance(widget, forms.Textarea):
        return inputs.textarea(asked, value, int(widget.attrs.get("rows", 5)), **attributes)
    if isinstance(widget, forms.PasswordInput):
        return inputs.password_input(asked, **attributes)
    return inputs.text_input(asked, value, kind=_kind(widget), width=width or _width(bound), **attributes)


def errors(given: Iterable[forms.BaseForm | forms.BaseFormSet[Any]], title: str = "There is a problem") -> SafeString:
    """What is wrong with these forms, each a link to what is to be mended; nothing where all is well."""
    found = [error for one in given for error in _errors(one)]
    return lists.error_summary(found, title) if found else SafeString("")


def _errors(form: forms.BaseForm | forms.BaseFormSet[Any]) -> Iterator[tuple[str, str]]:
    if isinstance(form, forms.BaseFormSet):
        yield from ((str(error), "") for error in form.non_form_errors())
        for one in form.forms:
            yield from _errors(one)
        return
    yield from ((str(error), "") for error in form.non_field_errors())
    for bound in form:
        yield from ((error, bound.auto_id or bound.html_name) for error in _words(bound))


def _label(bound: BoundField, label: str) -> str:
    words = strip_tags(label or str(bound.label or "")).rstrip(":")
    needless = bound.field.required or isinstance(
        bound.field.widget, forms.CheckboxInput | forms.CheckboxSelectMultiple
    )
    return words if needless else f"{words} (optional)"


def _error(bound: BoundField) -> Inside:
    return small.lines(_words(bound)) if bound.errors else None


def _words(bound: BoundField) -> list[str]:
    """What is wrong with this field. That nothing was given is said with what to give, where the form has no words."""
    return [_missing(bound) if error == _REQUIRED else str(error) for error in bound.errors]


def _missing(bound: BoundField) -> str:
    label = strip_tags(str(bound.label or "")).rstrip(":")
    said = label if label[:2].isupper() else f"{label[:1].lower()}{label[1:]}"
    if isinstance(bound.field.widget, forms.CheckboxInput):
        return f"Tick this to go on: {said}"
    several = isinstance(bound.field.widget, forms.Select | forms.RadioSelect)
    return f"Choose {said}" if several else f"Enter {said}"


def _attributes(widget: forms.Widget) -> dict[str, object]:
    return {name.replace("-", "_"): value for name, value in widget.attrs.items() if name not in _OURS}


def _kind(widget: forms.Widget) -> str:
    kind = str(getattr(widget, "input_type", "text"))
    return kind if kind in _KINDS else "text"


def _width(bound: BoundField) -> str:
    """As wide as the longest answer, where that is short."""
    longest = getattr(bound.field, "max_length", None)
    fits = [width for width in _WIDTHS if longest and longest <= width]
    return str(fits[0]) if fits else ""


def _choices(bound: BoundField) -> list[Choice]:
    """Each choice, those of groups too."""
    chosen = {str(one) for one in _listed(bound.value())}
    given = getattr(bound.field, "choices", [])
    flat = (one for value, text in given for one in (text if isinstance(text, list | tuple) else [(value, text)]))
    return [Choice(str(value), text, chosen=str(value) in chosen) for value, text in flat]


def _listed(value: object) -> list[object]:
    if isinstance(value, list | tuple | set):
        return list(value)
    return [] if value is None else [value]


def _radios(bound: BoundField, asked: Asked, how: dict[str, Any]) -> SafeString:
    return inputs.radios(asked, [one for one in _choices(bound) if one.value], **how)


def _checkboxes(bound: BoundField, asked: Asked, how: dict[str, Any]) -> SafeString:
    return inputs.checkboxes(asked, _choices(bound), **how)


def _select(bound: BoundField, asked: Asked, how: dict[str, Any]) -> SafeString:
    return inputs.select(asked, _choices(bound), **_attributes(bound.field.widget), **how)


def _checkbox(bound: BoundField, asked: Asked, how: dict[str, Any]) -> SafeString:
    """Something to agree to. Its label stands beside it, and its hint under that."""
    one = Choice("on", asked.label, asked.hint, chosen=bool(bound.value()))
    return inputs.checkboxes(replace(asked, label="", hint=None), [one], **how)


_DRAWN: Final[list[tuple[type[forms.Widget], Callable[[BoundField, Asked, dict[str, Any]], SafeString]]]] = [
    (forms.CheckboxSelectMultiple, _checkboxes),  # before what it is a kind of
    (forms.RadioSelect, _radios),
    (forms.SelectMultiple, _checkboxes),
    (forms.Select, _select),
    (forms.CheckboxInput, _checkbox),
]
