"""Posting to an address outside: public addresses only, no redirects, a few seconds, the answer's status."""

import http.client
import ipaddress
import socket
import ssl
import threading
import time
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from dataclasses import dataclass
from urllib.parse import urlsplit

from django.conf import settings

# Seconds for one step (connecting, one read), and for the whole delivery.
PATIENCE = 5.0
WHOLE = 8.0
_TOO_SLOW = "no whole answer in time"


class NotAllowed(Exception):
    """The address isn't one we send to, in words."""


@dataclass(frozen=True)
class Place:
    """A checked address: scheme, host by name, port, path with query, and the one IP that was checked."""

    scheme: str
    host: str
    port: int
    path: str
    ip: str


# Not public although `is_global` lets them pass: they lead on to any IPv4 address, also ours.
_LEADS_ON = tuple(
    ipaddress.ip_network(text)
    for text in ("64:ff9b::/96", "64:ff9b:1::/48", "2002::/16", "2001::/32", "::/96",
                 "::ffff:0:0/96", "fec0::/10", "192.88.99.0/24")
)  # fmt: skip


def place(url: str) -> Place:
    """Checks an address and resolves it once; what was checked is what is connected to."""
    if any(not c.isprintable() or c.isspace() for c in url):
        raise NotAllowed("地址里有空格、换行或看不见的字符，请重新复制。")
    try:
        parts = urlsplit(url)
        port = parts.port
    except ValueError:
        raise NotAllowed("地址或端口不对，请核对。") from None
    if parts.scheme not in ("https", "http") or not parts.hostname or "@" in parts.netloc:
        raise NotAllowed("请填完整地址，例如 https://crm.example.com/yingbin，里面不带账号密码。")
    if port == 0:
        raise NotAllowed("端口不能是 0，请核对。")
    if parts.scheme == "http" and not settings.YINGBIN_HOOKS_INSIDE:
        raise NotAllowed("推送地址要用 https。")
    port = port or (443 if parts.scheme == "https" else 80)
    path = (parts.path or "/") + (f"?{parts.query}" if parts.query else "")
    return Place(parts.scheme, parts.hostname, port, path, _resolved(parts.hostname, port))


def _resolved(host: str, port: int) -> str:
    """The one address of this name that is connected to; all of them must be allowed."""
    try:
        found = socket.getaddrinfo(host, port, type=socket.SOCK_STREAM)
    except (OSError, UnicodeError):
        raise NotAllowed("这个地址现在找不到，请核对域名。") from None
    ips = sorted({str(row[4][0]) for row in found})
    if not all(_allowed(ipaddress.ip_address(ip)) for ip in ips):
        raise NotAllowed("推送只发往公网地址；要发往内网，请管理员设置 YINGBIN_HOOKS_INSIDE。")
    return ips[0]


def _allowed(ip: ipaddress.IPv4Address | ipaddress.IPv6Address) -> bool:
    if ip.is_multicast or ip.is_unspecified or ip.is_reserved:
        return False
    return bool(settings.YINGBIN_HOOKS_INSIDE) or (
        ip.is_global and not any(ip in net for net in _LEADS_ON if net.version == ip.version)
    )


class _Pinned(http.client.HTTPSConnection):
    """TLS to the address that was checked, with the certificate of the name."""

    def __init__(self, where: Place) -> None:
        self._context = ssl.create_default_context()
        super().__init__(where.host, where.port, timeout=PATIENCE, context=self._context)
        self._ip = where.ip

    def connect(self) -> None:
        """Connects to the checked address, whatever the name resolves to by now."""
        plain = socket.create_connection((self._ip, self.port), self.timeout)
        self.sock = self._context.wrap_socket(plain, server_hostname=self.host)


def post(url: str, body: bytes, headers: dict[str, str]) -> int:
    """Posts and gives the answer's status, all of it within `WHOLE` seconds.

    Raises `NotAllowed` or `OSError` (`TimeoutError` past the deadline). Redirects are not followed.
    """
    return exchange(url, body, headers, most=0)[0]


def exchange(url: str, body: bytes, headers: dict[str, str], *, most: int) -> tuple[int, bytes]:
    """As `post`, with the first `most` bytes of the answer."""
    ends = time.monotonic() + WHOLE
    where = place(url)
    line: http.client.HTTPConnection
    if where.scheme == "https":
        line = _Pinned(where)
    else:
        line = http.client.HTTPConnection(where.ip, where.port, timeout=PATIENCE)
    try:
        line.connect()
        with _cut_at(line.sock, ends):
            line.request("POST", where.path, body, {"Host": where.host, **headers})
            answer = line.getresponse()
            return answer.status, answer.read(most) if most else b""
    except http.client.HTTPException as error:
        raise OSError(type(error).__name__) from error
    finally:
        line.close()


@contextmanager
def _cut_at(sock: socket.socket, ends: float) -> Iterator[None]:
    """Ends the line at the deadline, however little by little the other side reads and answers.

    A timeout of the socket bounds one read alone: a byte every few seconds would hold it for ever.
    """
    over = threading.Event()

    def cut() -> None:
        over.set()
        with suppress(OSError):
            socket.socket.shutdown(sock, socket.SHUT_RDWR)

    clock = threading.Timer(max(0.0, ends - time.monotonic()), cut)
    clock.daemon = True
    clock.start()
    try:
        yield
    except (OSError, ValueError, http.client.HTTPException) as error:
        if over.is_set():
            raise TimeoutError(_TOO_SLOW) from error
        raise
    finally:
        clock.cancel()
    if over.is_set():  # what was cut off may still look like an answer
        raise TimeoutError(_TOO_SLOW)
