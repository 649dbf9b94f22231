"""What a drop-down offers: the words of a closed list as a person reads them, which its value type reads back."""

from typing import Final

from concerted.extracts.profile import DEFAULT_MISSING
from concerted.reference.codes import CodeList
from concerted.values import SEX, ValueType

_SEXES: Final = ("Female", "Male", "Other")


def choices(value_type: ValueType) -> tuple[str, ...]:
    """The choices in the order of the list; none for a value type that is no closed list.

    A code that says only that nothing is known is not offered where an empty cell says that.
    """
    if value_type is SEX:
        return _SEXES
    if not isinstance(value_type, CodeList):
        return ()
    offered = {code: choice(value_type, code) for code in value_type.codes}
    return tuple(one for code, one in offered.items() if not (value_type.missing_reason(code) and _is_silent(one)))


def choice(codes: CodeList, code: str) -> str:
    """A code as it is offered: its label where the code is a short mark such as W1 or CAWN, with a capital letter."""
    is_word = code.islower() and code.replace(" ", "").replace("'", "").isalpha()
    shown = code if is_word else codes.label(code)
    return shown[0].upper() + shown[1:]


def spelled_out(value_type: ValueType) -> dict[str, str]:
    """The codes that a profile must list, because a choice is a text that elsewhere means that nothing is there;
    none for most lists. "Not known" is a reason why a value is missing, and an assessment of information."""
    if not isinstance(value_type, CodeList) or not any(map(_is_silent, choices(value_type))):
        return {}
    return {text: code for code in value_type.codes for text in (choice(value_type, code), code)}


def _is_silent(text: str) -> bool:
    return text in DEFAULT_MISSING
