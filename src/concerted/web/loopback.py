"""What a command asks this machine's own loopback: whether a port is free, whether the pages answer there."""

import http.client
import socket
from typing import Final

from concerted.common.errors import UsedWronglyError

HOST: Final = "127.0.0.1"
_WAIT: Final = 10  # seconds for an answer: the first page after a start takes longest


def check_free(port: int) -> None:
    """UsedWronglyError where something listens there already."""
    with socket.socket() as tried:
        tried.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        try:
            tried.bind((HOST, port))
        except OSError as why:
            raise UsedWronglyError(
                f"port {port} is taken or may not be used: something else listens there, perhaps Concerted itself",
                why=why.strerror or "",
                mend=f"stop that, or choose another port: --port {port + 1}, with make: make run PORT={port + 1}",
            ) from why


def answers(port: int) -> bool:
    """Whether the pages are served there and their store answers."""
    asked = http.client.HTTPConnection(HOST, port, timeout=_WAIT)
    try:
        asked.request("GET", "/health/")
        return asked.getresponse().status == http.HTTPStatus.OK
    except (OSError, http.client.HTTPException):
        return False
    finally:
        asked.close()
