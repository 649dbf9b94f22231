"""What is done to a store that was brought back, before it serves."""

from pathlib import Path

from allauth.usersessions.models import UserSession
from django.contrib.sessions.models import Session
from django.core.cache import cache
from django.db import connection, transaction

from concerted.audit.acting import Acting
from concerted.audit.acts import Act
from concerted.audit.services import record
from concerted.common.progress import Progress
from concerted.instance import endings
from concerted.web import store


def made_ready(acting: Acting, journal: Path | None, progress: Progress) -> endings.Replayed:
    """Bring it to this version, end again what ended since the backup, and end every session: who signed in then may
    have left. journal: of what ended, or None where somebody said that there is none."""
    with connection.cursor() as cursor:
        if connection.vendor == "postgresql":  # its tables cannot be altered while references wait to be looked at
            cursor.execute("set constraints all immediate")
    store.upgrade(progress)
    progress.step("endings", "ending again what ended since")
    with transaction.atomic():
        found = endings.replay(acting, journal) if journal else endings.Replayed()
        for ended in (Session, UserSession):
            ended.objects.all().delete()
        cache.clear()
        record(acting, Act.BACKUP_RESTORED, journal=bool(journal), **found._asdict())
    return found
