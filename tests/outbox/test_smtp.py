"""What goes to a mail server, over a real connection on this machine."""

import socketserver
import threading
from collections.abc import Iterator

import pytest

from concerted.common.errors import UsedWronglyError
from concerted.outbox.smtp import MailServer, hand_over, mail_server


class Talk(socketserver.StreamRequestHandler):
    """As much of SMTP as one mail needs."""

    def handle(self) -> None:
        self.say("220 here")
        for line in iter(self.rfile.readline, b""):
            word = line.decode().split()[0].upper()
            if word == "DATA":
                self.say("354 go on")
                body = iter(self.rfile.readline, b".\r\n")
                self.server.took.append(b"".join(body).decode())  # type: ignore[attr-defined]
            self.say("221 bye" if word == "QUIT" else "250 yes")

    def say(self, line: str) -> None:
        self.wfile.write(f"{line}\r\n".encode())


@pytest.fixture
def running() -> Iterator[socketserver.TCPServer]:
    socketserver.ThreadingTCPServer.block_on_close = False
    with socketserver.ThreadingTCPServer(("127.0.0.1", 0), Talk) as server:
        server.took = []  # type: ignore[attr-defined]
        thread = threading.Thread(target=server.serve_forever)
        thread.start()
        yield server
        server.shutdown()
        thread.join()


def test_a_mail_reaches_the_server_whole(running: socketserver.TCPServer, frozen_clock: object) -> None:
    port = running.server_address[1]
    server = mail_server(f"smtp://127.0.0.1:{port}/?from=concerted@force.example")
    hand_over(server, "officer@force.example", "Something waits", "Sign in to see it.\n")
    [mail] = running.took  # type: ignore[attr-defined]
    head, body = mail.split("\r\n\r\n")
    assert "To: officer@force.example" in head
    assert "Date: Mon, 02 Mar 2026 09:30:00 +0000" in head
    assert body == "Sign in to see it.\r\n"


def test_a_server_that_is_not_there_is_an_error_of_the_system(running: socketserver.TCPServer) -> None:
    port = running.server_address[1]
    running.shutdown()
    running.server_close()
    with pytest.raises(OSError, match="refused"):
        hand_over(mail_server(f"smtp://127.0.0.1:{port}/?from=a@b.example"), "c@d.example", "s", "w")


def test_its_address_is_read() -> None:
    found = mail_server("smtps://us%40er:p%2Fw@mail.example/?from=concerted@force.example")
    assert found == MailServer("smtps", "mail.example", 465, "us@er", "p/w", "concerted@force.example")
    assert mail_server("smtp+starttls://mail.example:2525/?from=a@b.example").port == 2525


@pytest.mark.parametrize(
    "address", ["", "mail.example", "https://mail.example/?from=a@b.example", "smtp://u:swordfish@mail.example"]
)
def test_an_address_that_is_none_is_told_without_its_password(address: str) -> None:
    with pytest.raises(UsedWronglyError, match="no address of a mail server") as caught:
        mail_server(address)
    assert "swordfish" not in str(caught.value)
