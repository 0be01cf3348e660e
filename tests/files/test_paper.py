"""What leaves the house on paper: every name as it is written, nothing read as markup, whatever the length."""

import io
import re
import time
from pathlib import Path
from typing import Any

import pypdf
import pytest

from yingbin.files import paper
from yingbin.files.glyphs import drawn_by
from yingbin.files.paper import pdf_of

NAMES = [
    "张*伟",
    "#李[]娜",
    "$王$ _芳_ `code`",
    "\\陈\\ <b>&amp;</b>",
    "@赵 = 雨桐 - + /",
    '"孙"倩',
]
RARE = "\U00020bb7野"  # 𠮷


def sheet(*names: str, value: str = "备注", **more: Any) -> dict[str, Any]:
    def cell(words: str) -> dict[str, Any]:
        return {"value": words, "ink": "", "below": [], "span": 1}

    return {
        "title": "来访客户登记表",
        "heading": ["项目：湖畔雅居", "日期：2026-11"],
        "heads": [{"title": t, "small": "", "width": w} for t, w in (("姓名", 8), ("备注", 20))],
        "rows": [[cell(n), cell(value)] for n in names],
        "rule": "",
        "foot": "带出：2026-11-26 郑岚",
        **more,
    }


def read(data: bytes) -> tuple[str, int]:
    """The words on it, without spaces and line breaks, and how many pages."""
    pages = pypdf.PdfReader(io.BytesIO(data)).pages
    text = "".join(page.extract_text() for page in pages)
    return re.sub(r"[\s\u200b]", "", text), len(pages)


def test_nothing_in_a_name_is_read_as_markup() -> None:
    text, pages = read(pdf_of("sheet", sheet(*NAMES)))
    assert pages == 1
    for name in NAMES:
        assert name.replace(" ", "") in text, name


def test_names_with_uncommon_characters_stand_as_they_are_written() -> None:
    text, _ = read(pdf_of("sheet", sheet("䶮龑", "㛃㐂", "喆堃犇", "鑫淼焱垚")))
    for name in ("䶮龑", "㛃㐂", "喆堃犇", "鑫淼焱垚"):
        assert name in text


def test_a_rare_character_is_drawn_where_the_system_has_a_font(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    if paper._system_font() is None:
        pytest.skip("NO SYSTEM FONT: install fonts-noto-cjk")
    text, _ = read(pdf_of("sheet", sheet(RARE)))
    assert RARE in text
    assert "字库里没有" not in text


def test_without_such_a_font_it_is_its_number_and_the_paper_says_so(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setattr(paper, "_system_font", lambda: None)
    text, _ = read(pdf_of("sheet", sheet(RARE, "张伟")))
    assert "〔U+20BB7〕野" in text
    assert "有1个字，这台机器的字库里没有" in text
    assert "张伟" in text


def test_a_character_no_font_in_the_world_draws_is_its_number_too() -> None:
    text, _ = read(pdf_of("sheet", sheet("张\U0010fffd\ue123伟\u200d")))
    assert "张" in text
    assert "伟" in text
    assert "〔" in text or "\ue123" not in text


def test_every_name_uses_a_font_that_draws_it() -> None:
    """No glyph 0, the box, is ever asked for: what our font lacks another one draws, or it is a number."""
    known = drawn_by(paper._own_font())
    assert len(known) > 25_000
    assert {ord(c) for c in "䶮龑张"} <= known
    assert ord(RARE[0]) not in known


def test_very_long_names_and_words_run_into_nothing() -> None:
    long = "买买提·阿不都热合曼·" * 12
    latin = "A" * 300
    text, pages = read(pdf_of("sheet", sheet(long, latin, value="x" * 400)))
    assert pages == 1
    assert long in text
    assert latin in text


def test_five_hundred_rows_are_made_quickly_and_each_page_says_which_it_is() -> None:
    began = time.monotonic()
    data = pdf_of("sheet", sheet(*[f"客户{n}先生" for n in range(500)]))
    took = time.monotonic() - began
    text, pages = read(data)
    assert pages > 5
    assert took / pages < 0.25, f"{took / pages:.3f} s a page"
    assert f"第{pages}页，共{pages}页" in text
    assert text.count("姓名") == pages, "the head of the table on each page"
    for n in (0, 250, 499):
        assert f"客户{n}先生" in text


def test_the_same_paper_twice_is_the_same_file() -> None:
    assert pdf_of("sheet", sheet("张伟")) == pdf_of("sheet", sheet("张伟"))


@pytest.mark.parametrize("name", ["nothing", "../paper", "page/../sheet"])
def test_a_template_that_is_not_ours_is_none(name: str) -> None:
    with pytest.raises(KeyError):
        pdf_of(name, {})


def test_a_file_that_is_no_font_draws_nothing(tmp_path: Path) -> None:
    (tmp_path / "x.otf").write_bytes(b"no font at all, really")
    assert drawn_by(tmp_path / "x.otf") == frozenset()
