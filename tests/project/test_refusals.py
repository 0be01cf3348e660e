"""Every refusal says what to do next: it asks for something, names who may, or says that nothing needs doing."""

import ast
import re
from collections.abc import Iterator
from pathlib import Path

import pytest

HOUSE = Path(__file__).resolve().parents[2] / "yingbin"
# Apps whose refusals all do; the others are read by people, and come in one after the other.
APPS = ("approvals", "customers", "gallery", "notices", "pages", "people", "web")
WAY_OUT = re.compile("请|不用|只能|只有|可以|先|要|才|至少|由|等|自己|用「|点「|到了的勾上|{}。?$")


def refusals(text: str) -> Iterator[tuple[int, str]]:
    """Line and words of each refusal that stands there as it is said, `{}` for what is put in."""
    for node in ast.walk(ast.parse(text)):
        if isinstance(node, ast.Call) and getattr(node.func, "id", "") == "Refused":
            for said in filter(None, map(words_of, node.args)):
                if re.search("[\u4e00-\u9fff]", said):
                    yield node.lineno, said


def words_of(node: ast.expr) -> str:
    if isinstance(node, ast.JoinedStr):
        return "".join(words_of(part) or "{}" for part in node.values)
    return node.value if isinstance(node, ast.Constant) and isinstance(node.value, str) else ""


@pytest.mark.parametrize("app", APPS)
def test_a_refusal_says_what_to_do_next(app: str) -> None:
    leave_one_alone = [
        f"{file.relative_to(HOUSE)}:{line} {said}"
        for file in sorted((HOUSE / app).rglob("*.py"))
        if "migrations" not in file.parts
        for line, said in refusals(file.read_text(encoding="utf-8"))
        if not WAY_OUT.search(said)
    ]
    assert leave_one_alone == []


def test_a_refusal_that_only_says_no_is_seen() -> None:
    source = 'raise Refused("TQ-11", "今天已经开场了。")\nraise Refused(None, f"{who}已经签到，不用再签。")'
    said = [words for _, words in refusals(source)]
    assert said == ["今天已经开场了。", "{}已经签到，不用再签。"]
    assert [bool(WAY_OUT.search(words)) for words in said] == [False, True]
