"""Posting to an address outside: public addresses only, no redirects, a few seconds, the answer's status."""

import http.client
import ipaddress
import socket
import ssl
from dataclasses import dataclass
from urllib.parse import urlsplit

from django.conf import settings

PATIENCE = 5.0


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


def place(url: str) -> Place:
    """Checks an address and resolves it once; what was checked is what is connected to."""
    parts = urlsplit(url)
    inside = settings.YINGBIN_HOOKS_INSIDE
    try:
        port = parts.port or (443 if parts.scheme == "https" else 80)
    except ValueError:
        raise NotAllowed("地址的端口不对，请核对。") from None
    if parts.scheme not in ("https", "http") or not parts.hostname or parts.username:
        raise NotAllowed("请填完整地址，例如 https://crm.example.com/yingbin。")
    if parts.scheme == "http" and not inside:
        raise NotAllowed("推送地址要用 https。")
    try:
        found = socket.getaddrinfo(parts.hostname, port, type=socket.SOCK_STREAM)
    except (OSError, UnicodeError):
        raise NotAllowed("这个地址现在找不到，请核对域名。") from None
    ips = {str(row[4][0]) for row in found}
    if not inside and not all(ipaddress.ip_address(ip).is_global for ip in ips):
        raise NotAllowed("推送只发往公网地址；要发往内网，请管理员设置 YINGBIN_HOOKS_INSIDE。")
    path = (parts.path or "/") + (f"?{parts.query}" if parts.query else "")
    return Place(parts.scheme, parts.hostname, port, path, sorted(ips)[0])


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
    """Posts and gives the answer's status; raises `NotAllowed` or `OSError`. Redirects are not followed."""
    where = place(url)
    line: http.client.HTTPConnection
    if where.scheme == "https":
        line = _Pinned(where)
    else:
        line = http.client.HTTPConnection(where.ip, where.port, timeout=PATIENCE)
    try:
        line.request("POST", where.path, body, {"Host": where.host, **headers})
        return line.getresponse().status
    except http.client.HTTPException as error:
        raise OSError(str(error)) from error
    finally:
        line.close()
