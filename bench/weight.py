"""First load of the pages people open, in bytes as served: the page with all its styles, scripts and pictures.

    DATABASE_URL=… python -m bench.weight

A first visit: nothing is in the browser's store. Asks as a browser asks (`Accept-Encoding: gzip, br`).
"""

import gzip
import http.client
import re
from collections.abc import Iterable

from . import place
from .arrivals import show

PAGES = {
    "desk": ["/login/", "/gallery/arrival/"],
    "sales": ["/gallery/mine/"],
    "manager": ["/gallery/board/", "/gallery/supervision/", "/gallery/register/"],
}
_ASKED = re.compile(r'<(?:link|script|img|use)\b[^>]*?(?:href|src)="([^"#]+)')
MOST_BYTES, MOST_REQUESTS = 60_000, 8


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
    """Bytes of a page with all it names: on the wire, unpacked; and how many requests."""
    status, page, how = get(path, cookies)
    if status != 200:
        raise SystemExit(f"{path} answered {status}")
    text = unpacked(page, how)
    wire, plain, files = len(page), len(text.encode()), sorted(set(_ASKED.findall(text)))
    for file in files:
        _, body, how = get(file, cookies)
        wire += len(body)
        plain += len(unpacked(body, how).encode())
    return wire, plain, 1 + len(files)


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
            wire, plain, requests = weight(path, "" if path == "/login/" else cookies[who])
            figure = f"{wire / 1000:.0f} kB ({plain / 1000:.0f} kB unpacked), {requests} requests"
            aim = f"≤ {MOST_BYTES // 1000} kB, ≤ {MOST_REQUESTS} requests"
            yield f"first load of {path}, as served", figure, aim


if __name__ == "__main__":
    show(measure())
