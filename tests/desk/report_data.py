"""Invented runs for the tests of the report: a small one, an empty one, a large one and a hostile one."""

from dataclasses import replace
from typing import Final

from concerted.desk.report.data import (
    Between,
    Bin,
    EntitySize,
    Evaluation,
    Example,
    FieldLevel,
    FieldShown,
    FileRead,
    Filled,
    LinkShown,
    Look,
    Measure,
    Model,
    Quarantine,
    QuarantineReason,
    Reason,
    RecordShown,
    ReportData,
    Scores,
    SourcePair,
    Step,
    Strength,
    Thresholds,
    Totals,
    Trust,
)

THRESHOLDS: Final = Thresholds(
    join=6.0, keep=-2.0, notes=("Two records of a source that names each person once are never joined.",)
)
STRENGTHS: Final = (
    Strength(-2.0, 0.2, "review"),
    Strength(2.0, 0.8, "review"),
    Strength(6.0, 0.9846, "joined"),
    Strength(10.0, 0.999, "joined"),
    Strength(16.0, 0.99998, "joined"),
)
LEVELS: Final = (
    FieldLevel("family_name", "the same", 8.1, 5),
    FieldLevel("family_name", "one slip of the keys apart", 5.2, 1),
    FieldLevel("family_name", "different", -3.4, 0),
    FieldLevel("date_of_birth", "the same", 12.4, 4),
    FieldLevel("date_of_birth", "day and month the other way round", 6.9, 1),
    FieldLevel("date_of_birth", "different", -4.8, 1),
    FieldLevel("phone", "a number in common", 14.6, 2),
    FieldLevel("phone", "no number in common", -0.1, 3),
)
FORCE: Final = RecordShown("force", "F-0007")
COUNCIL: Final = RecordShown("council", "C/2231")
CHARITY: Final = RecordShown("charity", "88")

JOINED: Final = Example(
    records=(FORCE, COUNCIL, CHARITY),
    fields=(
        FieldShown("given_name", ("Samira", "Sameera", "Sam"), "near"),
        FieldShown("family_name", ("Okonjo-Hale", "OKONJO HALE", "Okonjo-Hale"), "same"),
        FieldShown("date_of_birth", ("2009-03-04", "04/03/2009", None), "same"),
        FieldShown("phone", ("07700 900123", None, "+44 7700 900123"), "same"),
        FieldShown("postcode", ("ZZ9 9CC", "QQ1 1AC", None), "different"),
        FieldShown("nhs_number", (None, "", None), "missing"),
    ),
    links=(
        LinkShown(
            left=FORCE,
            right=COUNCIL,
            band="joined",
            weight=10.9,
            probability=0.9995,
            start=-11.3,
            reasons=(
                Reason("Date of birth is the same", 12.4),
                Reason("Family name is the same, and rare in these files", 9.3),
                Reason("Given names sound alike", 3.2),
                Reason("Sex is not given by one of the two", 0.0),
                Reason("Postcode is different", -2.7),
            ),
        ),
        LinkShown(
            left=FORCE,
            right=CHARITY,
            band="joined",
            weight=13.8,
            probability=0.99993,
            start=-11.3,
            reasons=(Reason("A telephone number in common", 14.6), Reason("Family name is the same", 9.3)),
        ),
    ),
    command="concerted explain out/example force:F-0007 council:C/2231",
)
REVIEW: Final = Example(
    records=(FORCE, RecordShown("council", "C/0815")),
    fields=(
        FieldShown("given_name", ("Tom", "Thomas"), "near"),
        FieldShown("family_name", ("Ashby", "Ashby"), "same"),
        FieldShown("date_of_birth", ("1988-11-02", "02/11/1989"), "different"),
    ),
    links=(
        LinkShown(
            left=FORCE,
            right=RecordShown("council", "C/0815"),
            band="review",
            weight=-0.4,
            probability=0.43,
            start=-11.3,
            reasons=(
                Reason("Family name is the same", 8.1),
                Reason("Tom is short for Thomas", 4.1),
                Reason("Date of birth: another year", -1.3),
            ),
        ),
    ),
    command="concerted explain out/example force:F-0007 council:C/0815",
    change="3 records would be one person (1 and 2); each has another NHS number",
)

LOOK: Final = Look(
    FORCE,
    RecordShown("council", "C/0815"),
    "review",
    0.43,
    "Decided the same, 3 records would be one person (1 and 2); it would join council and force.",
    "same family name, uncommon (+8.1); given names of one root (+4.1)",
    "date of birth one digit out, or day and month swapped (-1.3)",
    "concerted explain 'out/first look' force:F-0007 council:C/0815",
)
TRUST: Final = Trust(
    errors=("Of the joined links 2 in 100 (0.5 to 8) are expected to join two people.",),
    unsure=1,
    compared=21,
    between=(
        Between("council", "force", 4, 1, 0.09),
        Between("charity", "force", 1, 0, 0.0),
        Between("force", "force", 0, 1, 0),
    ),
    look=(
        LOOK,
        replace(
            LOOK,
            band="joined",
            probability=0.97,
            change="Decided different, 2 of 5 records would come away: no other link holds them.",
            against="",
        ),
    ),
    sources=("force", "council", "charity"),
    filled=(
        Filled("Given name", (1.0, 1.0, 1.0), 6.1),
        Filled("Date of birth", (0.5, 1.0, 0.0), 10.3),
        Filled("NHS number", (0.0, 0.0, 0.0), 19.5),
    ),
    costs=("Date of birth: 36 in 100 records have none.", "No record has a value for this: NHS number."),
)


def small() -> ReportData:
    """Three agencies, a dozen records, something of everything."""
    return ReportData(
        title="Three agencies joined",
        made_at="2 March 2026, 9:30am",
        as_of="2 March 2026",
        made_by="Concerted 0.1.0",
        command=("concerted", "resolve", "force.csv", "council.csv", "charity.csv", "--out", "out/first look"),
        files=(
            FileRead("force.csv", ("force",), "force, version 1", 9, 7, 1, 1, 1, 6, 1, dropped=("officer", "beat")),
            FileRead("council.csv", ("council",), "council, version 2", 5, 5, 0, 0, 0, 5, 0),
            FileRead(
                "charity.csv", ("charity",), "charity, version 1", 3, 3, 0, 0, 0, 3, 0, notes=("read as Windows-1252",)
            ),
        ),
        quarantine=Quarantine(
            reasons=(
                QuarantineReason("row", "there is no record id", "write one in column ref", 1, "force.csv, row 4"),
                QuarantineReason(
                    "value",
                    "not a date: there is no month 81",
                    "write the day as 2009-03-14",
                    1,
                    "force.csv, row 6, column dob",
                ),
            ),
            steps=(
                Step("See every row and value in quarantine.", "concerted quarantine list 'out/first look'"),
                Step("Mend them in a spreadsheet, and read them again.", "concerted quarantine mend 'out/first look'"),
            ),
            rows=1,
            values=1,
        ),
        totals=Totals(
            records=14,
            entities=9,
            links=5,
            review=1,
            across=4,
            sizes=(EntitySize("1 record", 5, 5), EntitySize("2 records", 3, 6), EntitySize("3 records", 1, 3)),
            sources=("force", "council", "charity"),
            between=(
                SourcePair("force", "council", 3),
                SourcePair("charity", "force", 1),
                SourcePair("force", "force", 1),
            ),
        ),
        scores=Scores(
            THRESHOLDS,
            bins=(
                Bin(-8, -6, apart=9),
                Bin(-6, -4, apart=4),
                Bin(-4, -2, apart=2),
                Bin(-2, 0, review=1),
                Bin(0, 2),
                Bin(2, 4),
                Bin(4, 6),
                Bin(6, 8, joined=1, apart=1),
                Bin(8, 10, joined=1),
                Bin(10, 12, joined=1),
                Bin(12, 14, joined=2),
            ),
            strengths=STRENGTHS,
            notes=("Pairs under −8 bits are not counted.",),
        ),
        model=Model(
            "person-2026-02",
            "shipped",
            "There are 14 records, and a model can only be trained from 5,000 on.",
            "3f9a" * 16,
            LEVELS,
        ),
        joined=(JOINED,),
        review=(REVIEW,),
        next_steps=(
            Step("Decide on the pair that waits for review: open review.csv in a spreadsheet, or see it here."),
            Step("See why any two records are joined, or not.", "concerted explain 'out/first look' force:F-0007"),
        ),
        trust=TRUST,
        evaluation=Evaluation(
            "the column person_id of force.csv, which the linking never saw.",
            (
                Measure("Precision of pairs", 0.98765, "Of the pairs joined here, the share that belong together."),
                Measure("Mixed entities", 0, "Entities that hold records of more than one person."),
                Measure("Recall of pairs", None, ""),
            ),
        ),
        limits=("Telephone numbers were not looked up anywhere.",),
    )


def empty() -> ReportData:
    """An empty quarantine, nothing joined, nothing to show."""
    return replace(
        small(),
        files=(FileRead("force.csv", ("force",), "force, version 1", 2, 2, 0, 0, 0, 2, 0),),
        quarantine=Quarantine(),
        totals=Totals(records=2, entities=2, links=0, review=0, across=0, sizes=(EntitySize("1 record", 2, 2),)),
        scores=Scores(Thresholds(join=6.0, keep=-2.0)),
        model=Model("person-2026-02", "given", "It was named on the command line.", "3f9a" * 16),
        joined=(),
        review=(),
        next_steps=(),
        trust=Trust(),
        evaluation=None,
        limits=(),
    )


def nothing() -> ReportData:
    """Not even a file."""
    return replace(empty(), files=(), totals=Totals(0, 0, 0, 0, 0))


def _file(number: int) -> FileRead:
    name = f"extract-of-a-regional-unit-with-a-very-long-file-name_{number:02}_final_FINAL-2.csv"
    rows = 1_204_331 + number * 977
    return FileRead(
        name=name,
        sources=(f"agency-{number:02}",),
        profile="a profile, version 3",
        rows=rows,
        read=rows - 12_000,
        quarantined=11_998,
        blank=2,
        repeated=40_404,
        records=rows - 52_404,
        values_quarantined=203_117,
        dropped=tuple(f"column_{column}" for column in range(40)),
    )


def _reason(number: int) -> QuarantineReason:
    return QuarantineReason(
        kind="value" if number % 3 else "row",
        reason=f"not a date: there is no month {13 + number}",
        mend="write the day as 2009-03-14, or say it in words: March 2009, before 2010, summer 2012",
        count=3_000_000 // (number + 1),
        first=f"{_file(number % 12).name}, row {number + 1_000_000}, column date_of_birth_as_recorded",
    )


def _bin(low: int) -> Bin:
    if low < -2:
        return Bin(low, low + 1, apart=int(48_000_000 / 1.6 ** (low + 24)) + 12)
    if low < 6:
        return Bin(low, low + 1, review=900 + 40 * low)
    return Bin(low, low + 1, joined=int(900_000 / (1 + abs(low - 20))), apart=150 if low < 9 else 0)


def large() -> ReportData:
    """Twelve files of a million rows, thirty reasons, entities of many sizes, values that do not end."""
    names = tuple(f"agency-{number:02}" for number in range(12))
    long_values = replace(
        JOINED,
        records=(*JOINED.records, RecordShown("a-source-with-a-name-as-long-as-they-come", "9" * 60)),
        fields=(
            *(replace(field, values=(*field.values, None)) for field in JOINED.fields),
            FieldShown(
                "address",
                (
                    "Flat 3, The Old Granary, Lower Invented Lane, Nowhere-under-Edge",
                    "x" * 120,
                    "Flat 3 Old Granary",
                    None,
                ),
                "near",
            ),
        ),
    )
    return replace(
        small(),
        title="Twelve agencies of the region and of its neighbours joined for the quarterly review",
        files=tuple(map(_file, range(12))),
        quarantine=Quarantine(tuple(map(_reason, range(30))), small().quarantine.steps),
        totals=Totals(
            records=13_888_621,
            entities=9_004_112,
            links=4_884_509,
            review=61_204,
            across=2_114_006,
            sizes=tuple(
                EntitySize(f"{size} record{'s' if size > 1 else ''}", 9_000_000 // size**4, 9_000_000 // size**3)
                for size in range(1, 11)
            ),
            sources=names,
            between=tuple(SourcePair(one, two, 1_204_331) for one in names for two in names if one <= two),
        ),
        scores=Scores(THRESHOLDS, tuple(map(_bin, range(-24, 36))), STRENGTHS),
        trust=replace(
            TRUST,
            unsure=1_204_331,
            compared=88_621_204,
            between=tuple(Between(one, two, 204_331, 9_977, 61.5) for one in names for two in names if one <= two),
            look=(*TRUST.look, *(LOOK for _ in range(8))),
            sources=names,
            filled=tuple(replace(one, shares=tuple(0.05 * at for at in range(12))) for one in TRUST.filled * 6),
        ),
        joined=(long_values, JOINED, JOINED),
        review=(REVIEW, REVIEW, REVIEW),
    )


SCRIPT: Final = "<script>document.title='taken'</script>"
TURNED: Final = "gpj.\N{RIGHT-TO-LEFT OVERRIDE}cod\N{POP DIRECTIONAL FORMATTING}"
QUOTES: Final = "\" onmouseover='x' {{ 7 * 7 }} {% raw %} </style></title><img src=http://x.example>"
BROKEN: Final = "\ud800 \x00 \x1b[2K \u200b"


def hostile() -> ReportData:
    """Values from a file that means harm."""
    bad = f"{SCRIPT} {TURNED} {QUOTES} {BROKEN}"
    record = RecordShown(bad, bad)
    link = replace(REVIEW.links[0], left=record, right=record, reasons=(Reason(bad, 2.0), Reason(bad, -2.0)))
    example = Example((record, record), (FieldShown(bad, (bad, bad), "same"),), (link, link), bad, bad)
    base = small()
    hostile_look = Look(record, record, "joined", 0.5, bad, bad, bad, bad)
    return replace(
        base,
        title=bad,
        made_at=bad,
        as_of=bad,
        made_by=bad,
        command=("concerted", bad),
        files=(replace(base.files[0], name=bad, sources=(bad,), profile=bad, dropped=(bad,), notes=(bad,)),),
        quarantine=Quarantine((QuarantineReason("value", bad, bad, 1, bad),), (Step(bad, bad),)),
        totals=replace(
            base.totals,
            sizes=(EntitySize(bad, 1, 1),),
            sources=(bad, "force"),
            between=(SourcePair(bad, "force", 1),),
        ),
        scores=replace(base.scores, thresholds=replace(THRESHOLDS, notes=(bad,)), notes=(bad,)),
        model=Model(bad, "given", bad, bad, (FieldLevel(bad, bad, 1.0, 1),)),
        joined=(example,),
        review=(example,),
        next_steps=(Step(bad, bad),),
        trust=Trust(
            (bad,),
            1,
            2,
            (Between(bad, "force", 1, 1, 0.5),),
            (hostile_look,),
            (bad,),
            (Filled(bad, (0.5,), 3.0),),
            (bad,),
        ),
        evaluation=Evaluation(bad, (Measure(bad, 1, bad),), (bad,)),
        limits=(bad,),
    )
