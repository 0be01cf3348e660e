"""The place in the address: `/s/<code>/gallery/…`, so that two tabs hold two places.

Addresses of the product know no place; what stands before them says where one is. While a request at a place is
answered, every `reverse` and `{% url %}` stays there. Stored links have no place: whoever opens or sends one adds it.
"""

import re
from collections.abc import Iterator
from contextlib import contextmanager
from functools import cache

from django.urls import get_script_prefix, reverse, set_script_prefix

from .wing import all_wings

_PLACED = re.compile(r"/s/([A-Za-z0-9_-]{1,40})(/.*)", re.DOTALL)
# What belongs to no place: files, programs that call, signs of life.
_HOUSES = (
    "/static/",
    "/api/",
    "/s/",
    "/healthz",
    "/sw.js",
    "/manifest.webmanifest",
    "/no-network/",
)


def parted(path: str) -> tuple[str, str]:
    """The place's code and the address without it; no code where the address has none."""
    found = _PLACED.fullmatch(path)
    if found is None or found[2].startswith(_HOUSES):
        return "", path
    return found[1], found[2]


def bare(address: str) -> str:
    """The address without its place, as links are stored; where it began otherwise before, as it is now."""
    return moved(parted(address)[1])


def moved(path: str) -> str:
    """An address without a place as it is now: a wing's addresses may have begun otherwise before."""
    for old, new in _moves():
        if path.startswith(old):
            return f"{new}{path.removeprefix(old)}"
    return path


@cache
def _moves() -> tuple[tuple[str, str], ...]:
    return tuple((f"/{old}", f"/{w.prefix}") for w in all_wings() for old in w.formerly)


def placed(code: str, address: str) -> str:
    """The address at this place; one of another place moves."""
    return f"/s/{code}{bare(address)}"


def kept_here(address: str) -> str:
    """A stored link at the place of the request that is being answered."""
    return f"{get_script_prefix().rstrip('/')}{bare(address)}"


def of_the_house(name: str, *args: object) -> str:
    """The address of something that belongs to no place."""
    with standing_at(""):
        return reverse(name, args=args)


@contextmanager
def standing_at(code: str) -> Iterator[None]:
    """Addresses made inside lead to this place; to none for an empty code."""
    before = get_script_prefix()
    set_script_prefix(f"/s/{code}/" if code else "/")
    try:
        yield
    finally:
        set_script_prefix(before)
