"""How the pages are reached: where the web server listens, whether it does TLS itself or a proxy before it."""

import os
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Final

from concerted.common.errors import UsedWronglyError

LOOPBACK: Final = frozenset({"127.0.0.1", "::1", "localhost"})


@dataclass(frozen=True)
class Service:
    """host, port: where the web server listens. certificate, key: files for TLS, or empty. proxies: the addresses of
    those that stand before it and do TLS; what they say of a caller is believed, and what others say is not."""

    host: str
    port: int
    certificate: str
    key: str
    proxies: tuple[str, ...]

    @property
    def loopback(self) -> bool:
        """Whether only this machine reaches it."""
        return self.host in LOOPBACK


def service(given: Mapping[str, str] = os.environ) -> Service:
    """What is set. UsedWronglyError where it cannot be meant."""
    host, port = _address(given.get("CONCERTED_ADDRESS") or "127.0.0.1:8000")
    certificate, key = given.get("CONCERTED_TLS_CERTIFICATE", ""), given.get("CONCERTED_TLS_KEY", "")
    if bool(certificate) != bool(key):
        raise UsedWronglyError(
            "TLS needs both CONCERTED_TLS_CERTIFICATE and CONCERTED_TLS_KEY", mend="set both, or neither"
        )
    proxies = tuple(one.strip() for one in given.get("CONCERTED_PROXY", "").split(",") if one.strip())
    if "*" in proxies:
        raise UsedWronglyError(
            "CONCERTED_PROXY would believe whatever any caller says of themselves", mend="name the proxy's address"
        )
    return Service(host, port, certificate, key, proxies)


def _address(text: str) -> tuple[str, int]:
    host, _, port = text.rpartition(":")
    if not host or not port.isdigit() or not 0 < int(port) < 2**16:
        raise UsedWronglyError(
            f"CONCERTED_ADDRESS is no address with a port: {text}", mend="write it as 127.0.0.1:8000 or 0.0.0.0:443"
        )
    return host.strip("[]"), int(port)
