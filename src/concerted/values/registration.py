"""Registration marks of vehicles issued in the United Kingdom."""

import re
from typing import ClassVar

from concerted.values.base import Cleaned, ValueType, missing, says_nothing, unreadable
from concerted.values.text import tidy

# The forms, by when they were issued. DVLA leaflet INF104 for the current one; Northern Ireland's own are AXZ 1234.
_FORMS = re.compile(
    r"[A-Z]{2}[0-9]{2}[A-Z]{3}"  # current, since September 2001
    r"|[A-Z][0-9]{1,3}[A-Z]{3}"  # prefix, 1983 to 2001, and Q
    r"|[A-Z]{3}[0-9]{1,3}[A-Z]"  # suffix, 1963 to 1983
    r"|[A-Z]{1,3}[0-9]{1,4}|[0-9]{1,4}[A-Z]{1,3}"  # dateless, and Northern Ireland
    r"|[0-9]{3}[DX][0-9]{3}"  # embassies and consulates
)
# Forms with letters that were never used in that place: I, Q and Z in a memory tag, I and Q in the last three; I, O, U
# and Z as the letter of a year, Q too at the end (at the front it marks a vehicle of unknown age).
_CANNOT_EXIST = re.compile(
    r"(?:[IQZ][A-Z]|[A-Z][IQZ])[0-9]{2}[A-Z]{3}|[A-Z]{2}[0-9]{2}[A-Z]{0,2}[IQ][A-Z]{0,2}"
    r"|[IOUZ][0-9]{1,3}[A-Z]{3}|[A-Z][0-9]{1,3}[A-Z]{0,2}[IQZ][A-Z]{0,2}"
    r"|[A-Z]{3}[0-9]{1,3}[IOQUZ]|[A-Z]{0,2}[IQZ][A-Z]{0,2}[0-9]{1,3}[A-Z]"
)
_MEND = "check the mark; keep another country's, or one partly seen, in a column of its own"


class Registration(ValueType):
    """Upper case without spaces. Valid means a form that is or was issued; letters that never stood in their place
    make it fictional."""

    name: ClassVar[str] = "registration"

    def clean(self, text: str) -> Cleaned:
        """The mark, of a current, prefix, suffix, dateless, Northern Ireland or diplomatic form."""
        plain = tidy(text).upper()
        mark = plain.replace(" ", "").replace("-", "").replace(".", "")
        if _FORMS.fullmatch(mark):
            return Cleaned(text, mark, notes=("fictional",) if _CANNOT_EXIST.fullmatch(mark) else ())
        if says_nothing(plain):
            return missing(text)
        if "?" in mark or "*" in mark:
            return unreadable(text, "not a whole registration mark: a part is not known", _MEND)
        return unreadable(text, "not a form of registration mark issued in the United Kingdom", _MEND)
