"""A first visit is light: one style sheet, one script, one sprite, everything packed; names change with the content."""

import gzip
import re
from collections.abc import Iterator
from pathlib import Path

import pytest
from django.contrib.staticfiles import finders
from django.http import HttpResponse
from django.test import Client, RequestFactory

from tests.gallery.conftest import Gallery
from yingbin.pages import bundles
from yingbin.pages.bundles import as_sent
from yingbin.people.models import Staff
from yingbin.web.middleware import PackedText

PAGES = [
    ("/login/", ""),
    ("/gallery/arrival/", "苏晴"),
    ("/gallery/mine/", "林悦"),
    ("/gallery/board/", "郑岚"),
    ("/gallery/supervision/", "郑岚"),
    ("/gallery/waiting/", "苏晴"),
    ("/gallery/register/", "郑岚"),
    ("/customers/", "苏晴"),
    ("/matters/", "苏晴"),
    ("/manual/", "林悦"),
    ("/staff/", "郑岚"),
]
# The style guide's own, seen with DEBUG only; and what a phone keeps for when there is no network.
ALONE = {"pages/css/screens/guide.css", "pages/css/no-network.css"}
ASKED = re.compile(r'<(?:link|script|img|use)\b[^>]*?(?:href|src)="([^"#]+)')


def fetched(browser: Client, page: str) -> Iterator[tuple[str, int]]:
    """The page and every file it names, with the bytes that travel."""
    answer = browser.get(page, headers={"Accept-Encoding": "gzip"})
    assert answer.status_code == 200
    yield page, len(answer.content)
    text = gzip.decompress(answer.content).decode()
    for file in sorted(set(ASKED.findall(text))):
        got = browser.get(file, headers={"Accept-Encoding": "gzip"})
        body = b"".join(got.streaming_content) if got.streaming else got.content  # type: ignore[arg-type]
        assert got.status_code == 200, file
        yield file, len(body)


@pytest.mark.parametrize(("page", "name"), PAGES)
def test_a_first_visit_is_light(client: Client, hall: Gallery, page: str, name: str) -> None:
    if name:
        staff = Staff.objects.get(id=hall.id(name))
        client.force_login(staff, backend="yingbin.people.backends.AccountOrPhone")
    for n in range(12):
        hall.arrive(name=f"客户{n}")
    files = dict(fetched(client, page))
    assert len(files) <= 8, list(files)
    assert sum(files.values()) <= 60_000, files


def test_every_style_and_script_of_ours_is_in_a_bundle() -> None:
    house = Path(bundles.__file__).parents[1]
    found = [*house.glob("*/static/**/*.css"), *house.glob("*/static/**/*.js")]
    ours = {file.as_posix().split("/static/", 1)[1] for file in found}
    named = {part for parts in bundles.parts().values() for part in parts}
    assert ours - named == ALONE


def test_another_content_has_another_address(monkeypatch: pytest.MonkeyPatch) -> None:
    before = bundles.address("house.css")
    monkeypatch.setitem(bundles.parts(), "house.css", ("pages/css/tokens.css",))
    monkeypatch.setattr(bundles, "_kept", bundles._made)
    assert bundles.address("house.css") != before


def test_a_page_from_before_an_upgrade_gets_todays_styles_and_keeps_neither(client: Client) -> None:
    now = client.get(bundles.address("house.js"))
    assert "immutable" in now["Cache-Control"]
    before = client.get("/static/house/0123456789ab/house.js")
    assert before.content == now.content
    assert before["Cache-Control"] == "no-cache"
    assert client.get("/static/house/0123456789ab/other.js").status_code == 404


def test_a_browser_that_unpacks_nothing_gets_it_plain(client: Client) -> None:
    plain = client.get(bundles.address("house.css"))
    assert not plain.has_header("Content-Encoding")
    assert b":root" in plain.content


def test_pages_are_packed_and_workbooks_are_not() -> None:
    request = RequestFactory().get("/", headers={"Accept-Encoding": "gzip"})
    pack = PackedText(lambda r: HttpResponse())
    page = pack.process_response(request, HttpResponse("前台" * 400))
    assert page["Content-Encoding"] == "gzip"
    sheet = HttpResponse(b"0" * 800, content_type="application/vnd.ms-excel")
    assert "Content-Encoding" not in pack.process_response(request, sheet).headers


def test_no_two_answers_of_one_page_are_of_one_length() -> None:
    """What hides a secret's length from someone who watches the line."""
    request = RequestFactory().get("/", headers={"Accept-Encoding": "gzip"})
    pack = PackedText(lambda r: HttpResponse())
    lengths = {
        len(pack.process_response(request, HttpResponse("前台" * 400)).content)  # type: ignore[attr-defined]
        for _ in range(20)
    }
    assert len(lengths) > 1


def test_what_is_written_for_whoever_edits_a_script_is_not_sent_to_every_phone() -> None:
    script = b"// why\n  // still why\nconst a = 'https://b'; // kept\n"
    assert as_sent("a.js", script) == b"const a = 'https://b'; // kept\n"
    assert as_sent("a.svg", script) == script


@pytest.mark.parametrize(
    ("written", "sent"),
    [
        (b"a {\n  color: red;\n}\n", b"a{color: red;}"),
        (b"/* why */\na , b > c { margin: calc(1px + 2px) }", b" a,b > c{margin: calc(1px + 2px)}"),
        (b".p::after { content: ' ; /* kept */ '; }", b".p::after{content: ' ; /* kept */ ';}"),
        (b'[data-x="a, b"] { top: 0 }', b'[data-x="a, b"]{top: 0}'),
        (b"@media (width > 1px)  and (height) {\na:is(b,\n  c) {} }", b"@media (width > 1px) and (height){a:is(b,c){}}"),
    ],
)  # fmt: skip
def test_a_style_sheet_travels_without_its_comments_and_indents(
    written: bytes, sent: bytes
) -> None:
    assert as_sent("a.css", written) == sent


def test_no_rule_is_for_a_class_that_nothing_wears() -> None:
    house = Path(__file__).resolve().parents[2] / "yingbin"
    written = "".join(
        file.read_text(encoding="utf-8")
        for ending in ("html", "py", "js")
        for file in house.rglob(f"*.{ending}")
        if not {"vendor", "migrations"} & set(file.parts)
    )
    worn = set(re.findall(r"[A-Za-z][\w-]*", written))
    # `is-{{ kind }}`: the end of the name is known when the page is made.
    begun = set(re.findall(r"([a-z]+-)\{", written))
    sheet = "".join(_sheet(part) for part in bundles.parts()["house.css"])
    named = set(re.findall(r"\.([A-Za-z][\w-]*)", sheet))
    assert {n for n in named - worn if not any(n.startswith(start) for start in begun)} == set()


def _sheet(part: str) -> str:
    found = finders.find(part)
    assert found
    return re.sub(r"/\*.*?\*/", "", Path(found).read_text(encoding="utf-8"), flags=re.S)
