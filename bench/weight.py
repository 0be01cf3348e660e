"""First load of the pages people open, in bytes as served: the page with all its styles and scripts.

    DATABASE_URL=… python -m bench.weight

Fonts and pictures don't count. A first visit: nothing is in the browser's store. Asks as a browser
asks (`Accept-Encoding: gzip, br`).
"""

import gzip
import http.client
import re
from collections.abc import Iterable

from . import place
from .arrivals import show

PAGES = {
    "desk": ["/login/", "/floor/arrival/"],
    "sales": ["/floor/mine/"],
    "manager": ["/floor/board/"],
}
_FILES = re.compile(r'<(?:link[^>]+rel="stylesheet"[^>]+href|script[^>]+src)="([^"]+)"')
_ALSO = re.compile(r'<link[^>]+href="([^"]+\.css[^"]*)"')
_IMPORTS = re.compile(r'@import\s+(?:url\()?["\']([^"\']+)["\']')


def get(path: str, cookies: str = "") -> tuple[int, bytes, str]:
    """How a browser gets a file: status, the bytes on the wire, how they are packed."""
    line = http.client.HTTPConnection("127.0.0.1", place.PORT, timeout=20)
    line.request("GET", path, headers={"Accept-Encoding": "gzip, br", "Cookie": cookies})
    answer = line.getresponse()
    return answer.status, answer.read(), answer.headers.get("Content-Encoding", "")


def unpacked(body: bytes, how: str) -> str:
    """The text of an answer."""
    if how == "br":
        import brotli

        body = brotli.decompress(body)
    return (gzip.decompress(body) if how == "gzip" else body).decode()


def weight(path: str, cookies: str) -> tuple[int, int, int]:
    """Bytes of a page with its styles and scripts as served, packed as a proxy does, and requests."""
    status, page, how = get(path, cookies)
    if status != 200:
        raise SystemExit(f"{path} answered {status}")
    text = unpacked(page, how)
    files = set(_FILES.findall(text)) | set(_ALSO.findall(text))
    total, packed, seen = len(page), len(gzip.compress(text.encode(), 6)), set()
    todo = list(files)
    while todo:
        file = todo.pop()
        if file in seen:
            continue
        seen.add(file)
        _, body, how = get(file)
        total += len(body)
        packed += len(gzip.compress(unpacked(body, how).encode(), 6))
        if ".css" in file:
            todo += [_beside(file, other) for other in _IMPORTS.findall(unpacked(body, how))]
    return total, packed, 1 + len(seen)


def _beside(file: str, other: str) -> str:
    return other if other.startswith("/") else f"{file.rsplit('/', 1)[0]}/{other}"


def measure() -> list[tuple[str, str, str]]:
    """Rows of (what, figure, aim), one a page."""
    place.found("bench_weight", 1, 8)
    place.use("bench_weight")
    from yingbin.people.models import Assignment, Staff

    who = {"desk": Staff.objects.get(account="desk0"), "sales": Staff.objects.get(account="s0-0")}
    who["manager"] = Staff.objects.get(account="s0-1")
    Assignment.objects.filter(staff=who["manager"]).update(role="sales_manager")
    cookies = {name: f"sessionid={place.session(user)[0]}" for name, user in who.items()}
    place.close()
    with place.server("bench_weight"):
        rows = list(_rows(cookies))
    place.drop("bench_weight")
    return rows


def _rows(cookies: dict[str, str]) -> Iterable[tuple[str, str, str]]:
    for who, paths in PAGES.items():
        for path in paths:
            total, packed, requests = weight(path, "" if path == "/login/" else cookies[who])
            figure = f"{total / 1000:.0f} kB, gzip {packed / 1000:.0f} kB, {requests} requests"
            yield f"first load of {path}, as served", figure, "≤ 150 kB"


if __name__ == "__main__":
    show(measure())
