"""One style sheet, one script, one sprite: put together from their parts when first asked for, packed, named by content.

Parts stay small files that people edit; nothing is built or stored. With DEBUG each request reads them anew.
"""

import gzip
import hashlib
import re
from dataclasses import dataclass
from functools import cache, lru_cache

from django.conf import settings
from django.contrib.staticfiles import finders
from django.http import Http404, HttpRequest, HttpResponse
from django.utils.html import format_html
from django.utils.safestring import SafeString
from django.views.decorators.http import require_safe

from .doors import open_to_all
from .placed import of_the_house
from .wing import all_wings

# The order of the parts is the order of the cascade; screens have a layer of their own, below the utilities.
_STYLES = ("tokens", "base", "components", "utilities", "screens/sheet")
_SCRIPTS = ("app", "gate", "line", "live", "glass", "ring", "keys")


@cache
def parts() -> dict[str, tuple[str, ...]]:
    """The bundles by name, with the files each is put together from: the house's, then the wings'."""
    wings = all_wings()
    return {
        "house.css": (
            *(f"pages/css/{name}.css" for name in _STYLES),
            *(style for wing in wings for style in wing.styles),
        ),
        "house.js": (
            *(f"pages/js/{name}.js" for name in _SCRIPTS),
            *(script for wing in wings for script in wing.scripts),
        ),
        "icons.svg": ("pages/icons.svg",),
        **{name: parts for wing in wings for name, parts in wing.page_scripts.items()},
    }


# Of a script: lines that are comments, and indents.
_FOR_EDITORS = re.compile(rb"(?m)^[ \t]*//.*\n|^[ \t]+")
# What is written in quotes stays as it is; comments go, and so do line ends and indents.
_SPARE = re.compile(rb"""("[^"\n]*"|'[^'\n]*')|/\*.*?\*/|\s*([{};,])\s*|(\s+)""", re.S)
_TYPES = {"css": "text/css", "js": "text/javascript", "svg": "image/svg+xml"}
_FOR_EVER = "public, max-age=31536000, immutable"


@dataclass(frozen=True)
class Bundle:
    """What a browser gets under one address: the bytes, the same packed with gzip, and their mark."""

    body: bytes
    packed: bytes
    mark: str


def bundle(name: str) -> Bundle:
    """The bundle of this name. Raises KeyError for one that is none."""
    return _made(name) if settings.DEBUG else _kept(name)


def _made(name: str) -> Bundle:
    body = b"\n".join(_part(part) for part in parts()[name])
    return Bundle(body, gzip.compress(body, 9, mtime=0), hashlib.sha256(body).hexdigest()[:12])


_kept = lru_cache(maxsize=None)(_made)


def _part(path: str) -> bytes:
    found = finders.find(path)
    if not found:
        raise FileNotFoundError(path)
    with open(found, "rb") as file:
        return as_sent(path, file.read())


def as_sent(name: str, whole: bytes) -> bytes:
    """A part without what is written for whoever edits it, which is a sixth of its weight."""
    if name.endswith(".css"):
        return _SPARE.sub(lambda m: m[1] or m[2] or (b" " if m[3] else b""), whole)
    return _FOR_EDITORS.sub(b"", whole) if name.endswith(".js") else whole


def page_script(name: str) -> SafeString:
    """The tag of a script that this page needs beside the house's; a page that is swapped in brings it once."""
    return format_html('<script src="{}" data-part="{}" defer></script>', address(name), name)


def address(name: str) -> str:
    """Where the bundle lies; another content has another address."""
    return _address(name, bundle(name).mark)


@lru_cache(maxsize=64)  # every icon of every page asks
def _address(name: str, mark: str) -> str:
    return of_the_house("bundle", mark, name)


@open_to_all
@require_safe
def serve(request: HttpRequest, mark: str, name: str) -> HttpResponse:
    """The bundle; a page from before an upgrade gets today's, but doesn't keep it."""
    if name not in parts():
        raise Http404
    made = bundle(name)
    packed = "gzip" in request.headers.get("Accept-Encoding", "")
    answer = HttpResponse(
        made.packed if packed else made.body, content_type=_TYPES[name.rpartition(".")[2]]
    )
    answer["Vary"] = "Accept-Encoding"
    answer["Cache-Control"] = _FOR_EVER if mark == made.mark else "no-cache"
    if packed:
        answer["Content-Encoding"] = "gzip"
    return answer
