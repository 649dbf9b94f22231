"""Value types: one class a kind of value, each with clean, validate and compare. Original text is always kept."""

from typing import Final

from concerted.values.base import Cleaned, Likeness, ValueType
from concerted.values.date import Date
from concerted.values.email import Email
from concerted.values.free_text import Text
from concerted.values.handle import Handle
from concerted.values.name import Name
from concerted.values.nhs_number import NhsNumber
from concerted.values.pnc_id import PncId
from concerted.values.postcode import Postcode
from concerted.values.pupil_number import PupilNumber
from concerted.values.registration import Registration
from concerted.values.sex import Sex
from concerted.values.telephone import Telephone

NAME: Final = Name()
DATE: Final = Date()
TELEPHONE: Final = Telephone()
EMAIL: Final = Email()
POSTCODE: Final = Postcode()
REGISTRATION: Final = Registration()
NHS_NUMBER: Final = NhsNumber()
PUPIL_NUMBER: Final = PupilNumber()
PNC_ID: Final = PncId()
HANDLE: Final = Handle()
SEX: Final = Sex()
TEXT: Final = Text()

_EVERY: tuple[ValueType, ...] = (
    NAME, DATE, TELEPHONE, EMAIL, POSTCODE, REGISTRATION, NHS_NUMBER, PUPIL_NUMBER, PNC_ID, HANDLE, SEX, TEXT,
)  # fmt: skip
ALL: Final[dict[str, ValueType]] = {kind.name: kind for kind in _EVERY}

__all__ = [
    "ALL",
    "DATE",
    "EMAIL",
    "HANDLE",
    "NAME",
    "NHS_NUMBER",
    "PNC_ID",
    "POSTCODE",
    "PUPIL_NUMBER",
    "REGISTRATION",
    "SEX",
    "TELEPHONE",
    "TEXT",
    "Cleaned",
    "Date",
    "Likeness",
    "ValueType",
]
