"""What the look promises: contrast by day and night, strict CSP, icons that exist, a light first page."""

import gzip
import re
from pathlib import Path

import pytest
from django.urls import NoReverseMatch, reverse

from tests.every import of_every
from yingbin.pages.bundles import as_sent
from yingbin.pages.placed import parted

ROOT = Path(__file__).resolve().parents[2] / "yingbin"
STATIC = ROOT / "pages/static/pages"
TEMPLATES = [p for p in ROOT.glob("*/templates/**/*") if p.suffix in {".html", ".svg"}]
STYLES = sorted(STATIC.glob("css/**/*.css"))
TOKEN = re.compile(r"--([\w-]+):\s*([^;]+);")


def _blocks() -> dict[str, dict[str, str]]:
    text = (STATIC / "css/tokens.css").read_text()
    day = text.split("@media (prefers-color-scheme: dark)")[0]
    by_system, by_hand = text.split("@media (prefers-color-scheme: dark)")[1].split(
        ':root[data-theme="dark"]', 1
    )
    return {
        "day": dict(TOKEN.findall(day)),
        "by_system": dict(TOKEN.findall(by_system)),
        "by_hand": dict(TOKEN.findall(by_hand.split("@media print")[0])),
    }


def _light(colour: str) -> float:
    digits = colour.strip().lstrip("#")
    if len(digits) == 3:
        digits = "".join(d * 2 for d in digits)
    parts = [int(digits[i : i + 2], 16) / 255 for i in (0, 2, 4)]
    linear = [p / 12.92 if p <= 0.04045 else ((p + 0.055) / 1.055) ** 2.4 for p in parts]
    return 0.2126 * linear[0] + 0.7152 * linear[1] + 0.0722 * linear[2]


def contrast(one: str, other: str) -> float:
    """The ratio of WCAG 2."""
    high, low = sorted((_light(one), _light(other)), reverse=True)
    return (high + 0.05) / (low + 0.05)


def test_the_ruler_knows_black_on_white() -> None:
    assert contrast("#000", "#fff") == pytest.approx(21)


WORDS = [
    *[
        (ink, ground)
        for ink in ("ink", "ink-2", "ink-3")
        for ground in ("paper", "surface", "sunk")
    ],
    *[("accent", ground) for ground in ("paper", "surface", "accent-soft", "accent-mist")],
    *[(s, f"{s}-soft") for s in ("free", "busy", "away", "wait", "owed", "makeup", "danger")],
    ("accent-strong", "accent-soft"),
    ("accent-ink", "accent"),
    ("banner-ink", "banner"),
    ("danger", "surface"),
    ("surface", "wait"),
    ("surface", "danger"),
]


@pytest.mark.parametrize("time", ["day", "by_system"])
@pytest.mark.parametrize(("word", "ground"), WORDS)
def test_words_can_be_read(time: str, word: str, ground: str) -> None:
    tokens = _blocks()[time]
    assert contrast(tokens[word], tokens[ground]) >= 4.5


@pytest.mark.parametrize("time", ["day", "by_system"])
def test_edges_of_fields_can_be_seen(time: str) -> None:
    tokens = _blocks()[time]
    assert contrast(tokens["edge"], tokens["surface"]) >= 3
    assert contrast(tokens["accent"], tokens["paper"]) >= 3


def test_the_night_is_the_same_by_system_and_by_hand() -> None:
    blocks = _blocks()
    assert blocks["by_system"] == blocks["by_hand"]


def test_every_colour_has_its_night() -> None:
    blocks = _blocks()
    colours = {name for name, value in blocks["day"].items() if value.startswith("#")}
    assert colours <= blocks["by_system"].keys()


def test_every_token_that_is_used_is_there() -> None:
    known = set(_blocks()["day"]) | {"u"}
    used = {name for css in STYLES for name in re.findall(r"var\(--([\w-]+)", css.read_text())}
    assert used <= known


def test_colours_stand_in_the_tokens_alone() -> None:
    for css in STYLES:
        if css.name != "tokens.css":
            text = css.read_text().split("@media print")[0]
            assert not re.findall(r"#[0-9a-fA-F]{3,8}\b", text), css.name


@of_every(TEMPLATES)
def test_no_style_and_no_script_stand_in_a_page(page: Path) -> None:
    text = page.read_text()
    assert not re.search(r"<style\b|\sstyle\s*=|javascript:", text)
    assert not re.search(r"<[a-z][^>]*\son[a-z]+\s*=", text)
    for opening, body in re.findall(r"(<script\b[^>]*>)(.*?)</script>", text, re.S):
        assert "src=" in opening
        assert not body.strip()


@of_every(TEMPLATES)
def test_a_page_has_one_way_back_in_one_look(page: Path) -> None:
    """The head of a page says where it lies; clauses alone lie two deep and name every step."""
    text = page.read_text()
    assert 'class="crumb' not in text
    assert not ("page_head" in text and 'class="trail' in text)


@of_every(TEMPLATES)
def test_what_belongs_to_no_place_is_never_looked_for_at_one(page: Path) -> None:
    """`/s/hupan/api/…` is nowhere: such addresses are made by `house_url`."""
    for name in re.findall(r"""\{% url ['"]([\w:-]+)['"]""", page.read_text()):
        try:
            address = reverse(name)
        except NoReverseMatch:  # it wants an id, as no address of the house does
            continue
        assert parted(f"/s/hupan{address}")[0] == "hupan", name


def test_every_icon_that_is_named_is_drawn() -> None:
    drawn = set(re.findall(r'<symbol id="([\w-]+)"', (STATIC / "icons.svg").read_text()))
    named = {
        name
        for page in TEMPLATES
        for name in re.findall(r'{% (?:icon|empty) "([\w-]+)"', page.read_text())
    }
    from yingbin.pages.templatetags.ui import STATUS
    from yingbin.web.navigation import entries

    named |= {entry.icon for entry in entries()} | {icon for icon, _ in STATUS.values()}
    assert named <= drawn


def test_the_sprite_is_ours_and_plain() -> None:
    text = (STATIC / "icons.svg").read_text()
    assert not re.search(r"<script|style=|href=|\son\w+=", text)


def test_a_first_page_is_light() -> None:
    files = [*STYLES, *STATIC.glob("js/*.js"), STATIC / "icons.svg", STATIC / "seal.svg"]
    weight = sum(len(gzip.compress(as_sent(f.name, f.read_bytes()), 6)) for f in files)
    assert weight < 50_000
    assert (STATIC / "sounds/chime.wav").stat().st_size < 30_000
