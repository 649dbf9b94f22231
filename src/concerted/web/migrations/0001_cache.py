"""The table of the cache: counts of failed sign-ins and used codes, the same in every process."""

from django.core.management import call_command
from django.db import migrations
from django.db.backends.base.schema import BaseDatabaseSchemaEditor


def create(_: object, schema_editor: BaseDatabaseSchemaEditor) -> None:
    call_command("createcachetable", database=schema_editor.connection.alias, verbosity=0)


def remove(_: object, schema_editor: BaseDatabaseSchemaEditor) -> None:
    schema_editor.execute("drop table web_cache")


class Migration(migrations.Migration):
    dependencies = []
    operations = [migrations.RunPython(create, remove)]
