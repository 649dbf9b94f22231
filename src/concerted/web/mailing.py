"""The worker's hand on the outbox: while it works, mail that is due goes to the mail server."""

import logging
import threading
from functools import partial
from typing import Final

from django.conf import settings
from django.db import connection

from concerted.outbox.delivery import deliver
from concerted.outbox.smtp import MailServer, hand_over, mail_server

EACH: Final = 20.0  # seconds between one look and the next
log = logging.getLogger(__name__)


def begin(stopped: threading.Event) -> threading.Thread | None:
    """Hand over until it is stopped, in a thread of its own. None where no mail server is named: notices wait.
    UsedWronglyError where its address cannot be meant."""
    if not settings.MAIL:
        return None
    thread = threading.Thread(target=_again, args=(mail_server(settings.MAIL), stopped), daemon=True)
    thread.start()
    return thread


def once(server: MailServer) -> tuple[int, int]:
    """What is due now: how many went, and how many did not."""
    return deliver(partial(hand_over, server), settings.ADDRESS)


def _again(server: MailServer, stopped: threading.Event) -> None:
    while not stopped.is_set():
        try:
            once(server)
        except Exception as why:
            kind = type(why).__name__  # its words may hold an address
            log.error("mail could not be handed over: %s", kind)  # noqa: TRY400
        finally:
            connection.close()
        stopped.wait(EACH)
