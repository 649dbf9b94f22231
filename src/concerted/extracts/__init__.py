"""Mapping profiles, readers, validation and quarantine: extracts of any agency read into records, with nothing lost."""

from concerted.extracts.origins import FileOrigin, MendedOrigin
from concerted.extracts.profile import FileSettings, Profile
from concerted.extracts.profile_load import load_profile
from concerted.extracts.profile_match import match_profiles
from concerted.extracts.quarantine import Quarantined
from concerted.extracts.readers import Chunk, Table, Unsplit, open_table
from concerted.extracts.take import take, take_many, take_mended
from concerted.extracts.taken import Counts, Sink, Taken

__all__ = [
    "Chunk",
    "Counts",
    "FileOrigin",
    "FileSettings",
    "MendedOrigin",
    "Profile",
    "Quarantined",
    "Sink",
    "Table",
    "Taken",
    "Unsplit",
    "load_profile",
    "match_profiles",
    "open_table",
    "take",
    "take_many",
    "take_mended",
]
