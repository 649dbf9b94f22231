"""Changes to what an instance knows of itself."""

from django.db import transaction

from concerted.audit.acting import Acting
from concerted.audit.acts import Act
from concerted.audit.services import record
from concerted.common import clock
from concerted.common.errors import UsedWronglyError
from concerted.instance.models import Store


@transaction.atomic
def set_up(acting: Acting, kind: str) -> Store:
    """Say what this store is for, once. kind: of `models.KINDS`. UsedWronglyError where it is said already."""
    if Store.objects.exists():
        raise UsedWronglyError("this store is set up already", mend="use it as it is, or make another")
    made = Store.objects.create(kind=kind, since=clock.now())
    record(acting, Act.STORE_SET_UP, kind=kind, instance=str(made.instance))
    return made
