"""The only place that speaks to a mail server."""

from dataclasses import dataclass
from email.message import EmailMessage
from email.utils import format_datetime
from smtplib import SMTP, SMTP_SSL
from ssl import SSLContext, create_default_context
from typing import Final
from urllib.parse import parse_qs, unquote, urlsplit

from concerted.common import clock
from concerted.common.errors import UsedWronglyError

TIMEOUT: Final = 30  # seconds
_PORTS: Final = {"smtp": 25, "smtp+starttls": 587, "smtps": 465}


@dataclass(frozen=True)
class MailServer:
    """How it is reached. sender: the address that mail comes from."""

    scheme: str
    host: str
    port: int
    user: str
    password: str
    sender: str


def mail_server(address: str) -> MailServer:
    """From its address, as `smtps://user:password@mail.example:465/?from=concerted@force.example`. UsedWronglyError
    where it cannot be meant; the error holds no password."""
    parts = urlsplit(address)
    sender = parse_qs(parts.query).get("from", [""])[0]
    if parts.scheme not in _PORTS or not parts.hostname or "@" not in sender:
        raise UsedWronglyError(
            "CONCERTED_MAIL is no address of a mail server",
            mend="write smtps://user:password@mail.example:465/?from=concerted@force.example; "
            "smtp+starttls:// or smtp:// where it must be",
        )
    user, password = unquote(parts.username or ""), unquote(parts.password or "")
    return MailServer(parts.scheme, parts.hostname, parts.port or _PORTS[parts.scheme], user, password, sender)


def hand_over(server: MailServer, to: str, subject: str, words: str) -> None:
    """Hand one mail to the server. OSError (of which SMTPException is one) where it does not take it."""
    message = EmailMessage()
    message["From"], message["To"], message["Subject"] = server.sender, to, subject
    message["Date"] = format_datetime(clock.now())
    message["Auto-Submitted"] = "auto-generated"
    message.set_content(words)
    context = create_default_context()
    with _opened(server, context) as connection:
        if server.scheme == "smtp+starttls":
            connection.starttls(context=context)
        if server.user:
            connection.login(server.user, server.password)
        connection.send_message(message)


def _opened(server: MailServer, context: SSLContext) -> SMTP:
    """The connection. We name ourselves by the sender's domain: this machine's own name would have to be looked up."""
    ourselves = server.sender.rpartition("@")[2]
    if server.scheme == "smtps":
        return SMTP_SSL(server.host, server.port, ourselves, timeout=TIMEOUT, context=context)
    return SMTP(server.host, server.port, ourselves, timeout=TIMEOUT)
