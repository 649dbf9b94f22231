"""A backup looked through, without the store and without Django."""

from pathlib import Path

from concerted.common.progress import Progress
from concerted.web.backup.manifest import Manifest
from concerted.web.backup.parts import MANIFEST, parts, read_manifest
from concerted.web.backup.sealed import Opening


def looked_through(file: Path, key: bytes, progress: Progress) -> Manifest:
    """What it holds, once all of it is read and whole. FoundWrongError where it is not."""
    progress.step("read", "reading the backup")
    with file.open("rb") as handle:
        made: Manifest | None = None
        for done, (name, blocks) in enumerate(parts(Opening(handle, key))):
            progress.at(done)
            if name == MANIFEST:
                made = Manifest.of(read_manifest(blocks))
    assert made is not None  # the last part is the manifest, or reading failed
    return made
