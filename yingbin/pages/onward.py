"""Where a page goes on to when the address or the form says so: to a page of ours, or not at all."""

from urllib.parse import urlsplit

from django.http import HttpRequest
from django.urls import Resolver404, resolve

from .placed import bare

LONGEST = 500


def onward(request: HttpRequest, otherwise: str) -> str:
    """The path in `next` of the form or the address, where it is a page of ours; else `otherwise`."""
    wanted = request.POST.get("next") or request.GET.get("next", "")
    return wanted if is_ours(wanted) else otherwise


def is_ours(path: str) -> bool:
    """Whether this is a path of ours, without scheme and host: one slash first, and a page there.

    Browsers read `/\\host` and `//host` as another host, and drop tabs and line ends on the way.
    """
    plain = path.isprintable() and "\\" not in path and len(path) <= LONGEST
    if not plain or not path.startswith("/") or path.startswith("//"):
        return False
    try:
        parts = urlsplit(path)
        if parts.scheme or parts.netloc:
            return False
        resolve(bare(parts.path))
    except (ValueError, Resolver404):
        return False
    return True
