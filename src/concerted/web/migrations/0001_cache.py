"""The table of the cache: counts of failed sign-ins and used codes, the same in every process."""

from django.core.management import call_command
from django.db import migrations


def create(apps, schema_editor):
    call_command("createcachetable", database=schema_editor.connection.alias, verbosity=0)


def remove(apps, schema_editor):
    schema_editor.execute("drop table web_cache")


class Migration(migrations.Migration):
    dependencies = []
    operations = [migrations.RunPython(create, remove)]
