"""Chinese sentences on screens carry full-width marks: ，：；！？（）, in templates, in the program's sentences and in scripts."""

import ast
import re
from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.every import of_every

HOUSE = Path(__file__).resolve().parents[2] / "yingbin"
SOURCES = [
    file
    for file in sorted(HOUSE.rglob("*"))
    if file.suffix in {".py", ".html", ".js"} and "migrations" not in file.parts
]
HAN = r"[\u3400-\u9fff「」『』《》〈〉]"
# A value filled in stands for a word; a mark between two values may belong to a time or an address.
VALUE = "\u0001"
WRONG = re.compile(
    rf"{HAN}\s?[,:;!?()]|[,;!?()]\s?{HAN}|:{HAN}|{VALUE}[,;!?)]\s?{HAN}|{HAN}{VALUE}[,:;!?(]|（[^）]*\)"
)
# What is no sentence: patterns, addresses, statements, how a time is typed.
CODE = re.compile(r"\(\?|\\[wds]|\bjson://|select |https?://|\||时:分|\\\[")


def said_in_python(text: str) -> Iterator[tuple[int, str]]:
    """Every string but docstrings; values in it stand as one mark."""
    tree = ast.parse(text)
    inside, docs = set(), set()
    for node in ast.walk(tree):
        if isinstance(node, ast.Module | ast.ClassDef | ast.FunctionDef | ast.AsyncFunctionDef):
            first = node.body[0] if node.body else None
            if isinstance(first, ast.Expr) and isinstance(first.value, ast.Constant):
                docs.add(id(first.value))
        if isinstance(node, ast.JoinedStr):
            inside |= {id(part) for part in ast.walk(node) if part is not node}
            words = [p.value if isinstance(p, ast.Constant) else VALUE for p in node.values]
            yield node.lineno, "".join(str(w) for w in words)
    for node in ast.walk(tree):
        known = isinstance(node, ast.Constant) and id(node) not in inside | docs
        if known and isinstance(node.value, str):  # type: ignore[attr-defined]
            yield node.lineno, node.value  # type: ignore[attr-defined]


def said_in_template(text: str) -> Iterator[tuple[int, str]]:
    """Text between tags, and the attributes people read."""
    text = re.sub(r"\{#.*?#\}", "", text)
    for number, line in enumerate(text.split("\n"), 1):
        plain = re.sub(r"\{\{.*?\}\}", VALUE, line)
        for words in re.findall(r"\{% \w+ ([^%]*\".*?) %\}", plain):
            yield from ((number, part) for part in re.findall(r'"([^"]*)"', words))
        plain = re.sub(r"\{%.*?%\}", "", plain)
        for part in re.findall(r'(?:placeholder|aria-label|title|alt|value)="([^"]*)"', plain):
            yield number, part
        yield from ((number, part) for part in re.sub(r"<[^>]*>", "\n", plain).split("\n"))


def said(file: Path) -> Iterator[tuple[int, str]]:
    text = file.read_text(encoding="utf-8")
    if file.suffix == ".py":
        yield from said_in_python(text)
    elif file.suffix == ".html":
        yield from said_in_template(text)
    else:
        for number, line in enumerate(text.split("\n"), 1):
            yield from ((number, words) for words in re.findall(r'["`]([^"`]*)["`]', line))


@of_every(SOURCES)
def test_chinese_sentences_carry_full_width_marks(file: Path) -> None:
    for number, words in said(file):
        if CODE.search(words):
            continue
        wrong = WRONG.search(words)
        assert not wrong, f"line {number}: {words.strip()!r}"


@pytest.mark.parametrize(
    "words",
    ["共用平板,换人", "原因:\u0001", "到访\u0001(客户)", "好的!", "张伟, 3 人", "(离职)同事"],
)
def test_such_a_mark_is_found(words: str) -> None:
    assert WRONG.search(words)


@pytest.mark.parametrize(
    "words", ["09:30 到访", "A4, Letter", "\u0001:\u0001", "（离职）", "1:1 客户"]
)
def test_what_is_right_is_left_alone(words: str) -> None:
    assert not WRONG.search(words)
