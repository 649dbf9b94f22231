"""Changes to what an instance knows of itself."""

from typing import Any
from uuid import UUID

from django.db import transaction
from django.db.models import QuerySet

from concerted.audit.acting import Acting, Subject
from concerted.audit.acts import Act
from concerted.audit.services import record
from concerted.common import clock
from concerted.common.errors import UsedWronglyError
from concerted.instance.jobs import KINDS
from concerted.instance.models import Job, Store
from concerted.instance.tasks import enqueue


@transaction.atomic
def set_up(acting: Acting, kind: str) -> Store:
    """Say what this store is for, once. kind: of `models.KINDS`. UsedWronglyError where it is said already."""
    if Store.objects.exists():
        raise UsedWronglyError("this store is set up already", mend="use it as it is, or make another")
    made = Store.objects.create(kind=kind, since=clock.now())
    record(acting, Act.STORE_SET_UP, kind=kind, instance=str(made.instance))
    return made


@transaction.atomic
def begin_job(acting: Acting, kind: str, **arguments: Any) -> Job:
    """Ask for a job, which works as whoever acts. kind: of `jobs.KINDS`. arguments: ids and their like, as JSON."""
    if kind not in KINDS:
        raise ValueError(f"{kind!r} is no kind of job")
    who = {name: getattr(acting, name) for name in ("person", "organisation", "role", "purpose", "where", "system")}
    made = Job.objects.create(kind=kind, arguments=arguments, asked=clock.now(), **who)
    enqueue(made.id)
    record(acting, Act.JOB_BEGUN, [Subject("job", str(made.id))], kind=kind)
    return made


@transaction.atomic
def stop_job(acting: Acting, job: UUID) -> None:
    """Stop it at the end of its batch; one that waits, at once. What it wrote stays, not in force, for it to go on."""
    _own(acting, job).update(stop=True)
    _own(acting, job).filter(state=Job.WAITING).update(state=Job.STOPPED, ended=clock.now())
    record(acting, Act.JOB_STOPPED, [Subject("job", str(job))])


@transaction.atomic
def resume_job(acting: Acting, job: UUID) -> None:
    """Let one go on that was stopped or failed, from where it was."""
    again = _own(acting, job).filter(state__in=[Job.STOPPED, Job.FAILED])
    if again.update(state=Job.WAITING, stop=False, why="", tries=0, ended=None):
        enqueue(job)
        record(acting, Act.JOB_BEGUN, [Subject("job", str(job))], resumed=True)


def _own(acting: Acting, job: UUID) -> QuerySet[Job]:
    """It, where whoever acts is of the organisation that it works for. UsedWronglyError where not: denied looks
    absent."""
    found = Job.objects.filter(pk=job, organisation=acting.organisation)
    if not found.exists():
        raise UsedWronglyError("there is no such job", mend="look at the list again")
    return found
