"""Hands mail that is due to the mail server, one by one. A worker does it again and again."""

from collections.abc import Callable
from typing import Final

from concerted.audit.acting import Acting
from concerted.common import clock
from concerted.outbox.models import Item
from concerted.outbox.notices import notices
from concerted.outbox.selectors import mail_due
from concerted.outbox.services import not_sent, sent

WORKER: Final = "outbox"  # the system actor that hands mail over
Hand = Callable[[str, str, str], None]  # to, subject, words


def deliver(hand: Hand, address: str) -> tuple[int, int]:
    """Hand over what is due. hand: gives one mail to the server, or raises OSError. address: of this instance's pages,
    as https://concerted.force.example. Gives how many went, and how many did not.

    A mail is marked after the server took it: a worker that is killed between the two sends it once more, and loses
    none."""
    went = failed = 0
    for item in mail_due(clock.now()).iterator():
        acting = Acting(person=None, organisation=item.organisation, role="", purpose="", where="worker", system=WORKER)
        notice = notices()[item.notice]
        try:
            hand(item.address, notice.subject, _words(item, notice.words, address))
        except OSError as why:
            not_sent(acting, item.id, type(why).__name__)
            failed += 1
        else:
            went += sent(acting, item.id)
    return went, failed


def _words(item: Item, words: str, address: str) -> str:
    return f"{words}\n\n{address.rstrip('/')}{item.link or '/'}\n"
