"""Rules about identifiers: none that somebody real could hold stands in a fixture, an example, a document or code.

Form alone decides, so that no list of real identifiers is needed. Each pattern has its ends checked, so that a part of
a hash, a version or a decimal number is no identifier. Data that others made stands under `tests/data/outside/`, apart.
"""

import re
import string
from collections.abc import Iterator
from typing import Final

from tools.house_rules.outside import OUTSIDE
from tools.house_rules.tree import Finding, KeptFile

_TEN_DIGITS: Final = re.compile(r"(?<![\w.+-])\d{3}([ -]?)\d{3}\1\d{4}(?!-?\w)(?!\.\d)")
_UK_NUMBER: Final = re.compile(
    r"(?<![\w.+-])(?:(?:\+44|0044)[ ()-]{0,2}(?:\(0\) ?)?0?|\(?0)(?:[ ()-]{0,2}\d){10}(?!\w)"
)
_DATE_FIRST: Final = re.compile(r"^\d{2}[ -]\d{2}[ -]\d{4}\b")
_EMAIL: Final = re.compile(r"[\w.%+'-]+(?<!\\[nrt])@((?:[\w-]+\.)+[A-Za-z]{2,})\b")
_POSTCODE: Final = re.compile(
    r"(?<!\w)(?:([A-Z]{1,2})\d[A-Z\d]? ?\d[ABD-HJLNP-UW-Z]{2}|([a-z]{1,2})\d[a-z\d]? \d[abd-hjlnp-uw-z]{2})(?!\w)"
)
_REGISTRATION: Final = re.compile(r"(?<!\w)[A-HJ-PR-Y]{2}\d{2} ?[A-HJ-PR-Z]{3}(?!\w)")

# Ofcom, "Telephone numbers for use in TV and radio drama programmes". Northern Ireland's is 028 9649 6;
# the older 028 9018 0 is no longer on the list, so a number in it may have been issued since.
_DRAMA: Final = re.compile(
    r"0(?:11[3-8]|1[2-6]1)4960\d{3}|01914980\d{3}|02079460\d{3}|02896496\d{3}|02920180\d{3}|01632960\d{3}"
    r"|07700900\d{3}|08081570\d{3}|09098790\d{3}|03069990\d{3}"
)
_KEPT_DOMAINS: Final = re.compile(
    r"(?:^|\.)(?:example|invalid|test|localhost|example\.(?:com|org|net))$", re.IGNORECASE
)
# The postcode areas of the United Kingdom and the Crown Dependencies (Royal Mail, PAF), with BF and BX.
_AREA: Final = re.compile(
    "A[BL]|B[ABDFHLNRSTX]?|C[ABFHMORTVW]|D[ADEGHLNTY]|E[CHNX]?|F[KY]|G[LUY]?|H[ADGPRSUX]|I[GMPV]|JE|K[ATWY]"
    "|L[ADELNSU]?|M[EKL]?|N[EGNPRW]?|O[LX]|P[AEHLOR]|R[GHM]|S[AEGKLMNOPRSTWY]?|T[ADFNQRSW]|UB|W[ACDFNRSV]?|YO|ZE"
)


def _digits(text: str) -> str:
    """The digits alone, in plain figures whatever script they came in."""
    return "".join(str(int(mark)) for mark in text if mark.isdecimal())


def _is_ours(file: KeptFile) -> bool:
    return not file.path.startswith(OUTSIDE) and not file.is_binary


def _may_be_a_patient(digits: str) -> bool:
    """The check digit fits (weights 10 to 1, modulus 11) and the number is not one that is plainly something else."""
    total = sum(int(digit) * weight for digit, weight in zip(digits, range(10, 0, -1), strict=True))
    is_a_run = len(set(digits)) == 1 or digits == string.digits
    return total % 11 == 0 and not (digits.startswith("999") or is_a_run or _DRAMA.fullmatch(f"0{digits}"))


def nhs_number(file: KeptFile) -> Iterator[Finding]:
    """Ten digits with the NHS check digit may be a patient's, unless they begin 999."""
    for line, match in file.find(_TEN_DIGITS) if _is_ours(file) else ():
        if _may_be_a_patient(_digits(match.group())):
            yield Finding(
                file.path,
                line,
                "real identifier",
                f"{match.group()} is a well-formed NHS number that a patient may hold. Write one that begins 999, "
                "which is never issued; if it is another kind of number, change a digit",
            )


def telephone(file: KeptFile) -> Iterator[Finding]:
    """A whole United Kingdom number outside the ranges that Ofcom keeps for drama may ring on somebody's table."""
    for line, match in file.find(_UK_NUMBER) if _is_ours(file) else ():
        national = "0" + _digits(match.group())[-10:]
        if national[1] in "1235789" and not _DRAMA.fullmatch(national) and not _DATE_FIRST.match(match.group()):
            yield Finding(
                file.path,
                line,
                "real identifier",
                f"{match.group()} may be somebody's telephone. Write a number that Ofcom keeps for drama: "
                "07700 900000 to 900999, 020 7946 0000 to 0999, 01632 960000 to 960999, 0113 496 0000 to 0999",
            )


def email(file: KeptFile) -> Iterator[Finding]:
    """An e-mail address stands in a domain that is kept for examples (RFC 2606, RFC 6761)."""
    for line, match in file.find(_EMAIL) if _is_ours(file) else ():
        if not _KEPT_DOMAINS.search(match.group(1)):
            yield Finding(
                file.path,
                line,
                "real identifier",
                f"{match.group()} may be somebody's address, and a test or a reader could write to it. "
                "Write one that ends in .example, .invalid or .test",
            )


def postcode(file: KeptFile) -> Iterator[Finding]:
    """A well-formed postcode in an area of the United Kingdom may be the street that somebody lives in."""
    for line, match in file.find(_POSTCODE) if _is_ours(file) else ():
        if _AREA.fullmatch((match.group(1) or match.group(2)).upper()):
            yield Finding(
                file.path,
                line,
                "real identifier",
                f"{match.group()} may be a street that people live in. Write one that cannot exist: area QQ or ZZ, "
                "as QQ1 1AB, or an inward letter from C I K M O V, which are never used there",
            )


def registration(file: KeptFile) -> Iterator[Finding]:
    """A mark in the style issued since 2001 may be on a vehicle; I, Q and Z are never in its first two letters."""
    for line, match in file.find(_REGISTRATION) if _is_ours(file) else ():
        yield Finding(
            file.path,
            line,
            "real identifier",
            f"{match.group()} may be on somebody's vehicle. Write a mark that cannot exist: I, Q or Z among its first "
            "two letters, as in QI07 ZZZ",
        )
