"""What a store is for never changes: held by triggers of either store."""

from collections.abc import Sequence

from django.apps.registry import Apps
from django.db import migrations
from django.db.backends.base.schema import BaseDatabaseSchemaEditor

from concerted.instance import triggers


def make(_: Apps, editor: BaseDatabaseSchemaEditor) -> None:
    """The triggers of this store."""
    _run(editor, triggers.made(editor.connection.vendor))


def drop(_: Apps, editor: BaseDatabaseSchemaEditor) -> None:
    """Without them again."""
    _run(editor, triggers.dropped(editor.connection.vendor))


def _run(editor: BaseDatabaseSchemaEditor, statements: Sequence[str]) -> None:
    with editor.connection.cursor() as cursor:
        for statement in statements:
            cursor.execute(statement)


class Migration(migrations.Migration):
    dependencies = [("instance", "0001_initial")]
    operations = [migrations.RunPython(make, drop)]
