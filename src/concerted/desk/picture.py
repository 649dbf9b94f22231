"""A folder of many agencies' extracts in, one picture out."""

from dataclasses import replace
from datetime import date
from pathlib import Path

from concerted.common.progress import Silent
from concerted.desk.given import day_of_region, found_in
from concerted.desk.purpose import INVENTED
from concerted.desk.resolve import Options, joined
from concerted.desk.summary import Summary


def picture(folder: Path, profiles: Path, out: Path, options: Options, progress: Silent | None = None) -> Summary:
    """Join everything that the extracts in `folder` hold into the folder `out`, whole or not at all.

    People are joined as `resolve` joins them; places, telephones, vehicles and accounts by exact and near keys. An
    invented region says its own day, and needs no purpose. Raises UsedWronglyError for what cannot be used.
    """
    chosen = for_picture(options, day_of_region(folder))
    return joined(lambda: found_in(folder, profiles), out, chosen, progress or Silent())


def for_picture(options: Options, region: date | None) -> Options:
    """The options for a picture. region: the day that an invented region says is its today."""
    return replace(
        options,
        things=True,
        as_of=options.as_of or region,
        purpose=options.purpose or (INVENTED if region else None),
    )
