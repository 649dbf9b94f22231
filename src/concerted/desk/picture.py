"""A folder of many agencies' extracts in, one picture out."""

from dataclasses import replace
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
    region = day_of_region(folder)
    chosen = replace(
        options,
        things=True,
        as_of=options.as_of or region,
        purpose=options.purpose or (INVENTED if region else None),
    )
    return joined(lambda: found_in(folder, profiles), out, chosen, progress or Silent())
