"""A backup made, while the store is in use."""

from contextlib import closing
from pathlib import Path

from django.db.backends.base.base import BaseDatabaseWrapper
from django.db.migrations.recorder import MigrationRecorder

from concerted.common import clock
from concerted.common.folders import new_file, settle
from concerted.common.progress import Progress
from concerted.instance.models import Store
from concerted.web.backup import embedded, postgresql
from concerted.web.backup.manifest import Manifest
from concerted.web.backup.parts import Parts
from concerted.web.backup.sealed import Sealing


def backed_up(of: BaseDatabaseWrapper, out: Path, key: bytes, progress: Progress) -> Manifest:
    """Write the store as it is at one moment into a new file. FileExistsError where it is there; stopped, nothing of it
    is left."""
    with new_file(out) as part:
        with part.open("xb") as handle:
            part.chmod(0o600)
            write = _postgresql if of.vendor == "postgresql" else _embedded
            made = write(of, Parts(Sealing(handle, key)), out.absolute().parent, progress)
        settle(part)
    progress.finish()
    return made


def _embedded(of: BaseDatabaseWrapper, to: Parts, folder: Path, progress: Progress) -> Manifest:
    progress.step("copy", "copying the store")
    with embedded.copied(of, folder) as (copy, key):
        progress.step("count", "counting what is in it")
        with closing(embedded.opened(copy, key)) as store:
            tables, heads = embedded.tables(store), embedded.heads(store)
        progress.step("seal", "sealing it")
        to.begin(embedded.PART)
        for block in embedded.blocks(copy):
            to.block(block)
        to.end()
    made = Manifest(of.vendor, *_said(of), tables, heads, key)
    to.manifest(made.to_dict())
    return made


def _postgresql(of: BaseDatabaseWrapper, to: Parts, _: Path, progress: Progress) -> Manifest:
    def take(name: str) -> postgresql.Take:
        if began:
            to.end()
        began.append(name)
        progress.step("copy", f"copying {name}")
        to.begin(name)
        return to.block

    began: list[str] = []
    with postgresql.snapshot(of) as cursor:
        heads = postgresql.heads(cursor)
        tables = postgresql.out(cursor, take)
    to.end()
    made = Manifest(of.vendor, *_said(of), tables, heads)
    to.manifest(made.to_dict())
    return made


def _said(of: BaseDatabaseWrapper) -> tuple[str, str, list[tuple[str, str]]]:
    """When, whose, how far. None of it changes while a store is in use."""
    found = Store.objects.using(of.alias).get()
    return clock.stamp(clock.now()), str(found.instance), sorted(MigrationRecorder(of).applied_migrations())
