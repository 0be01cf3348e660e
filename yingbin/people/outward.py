"""The address under which other people reach the product."""

import ipaddress
from urllib.parse import urlsplit

from django.conf import settings
from django.http import HttpRequest


def outward(request: HttpRequest) -> str:
    """The address under which other people reach the product; "" where only this machine is known."""
    if settings.YINGBIN_ADDRESS:
        return f"{settings.YINGBIN_ADDRESS}/"
    host = urlsplit(f"//{request.get_host()}").hostname or ""
    return "" if _only_here(host) else request.build_absolute_uri("/")


def _only_here(host: str) -> bool:
    try:
        return ipaddress.ip_address(host).is_loopback
    except ValueError:
        return host == "localhost" or host.endswith(".localhost")
