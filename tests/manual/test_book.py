"""The clauses file is read whole or not at all; a clause is found by what people remember."""

import pytest

from yingbin.manual import clauses

SMALL = """
[[procedure]]
code = "TQ"
title = "轮接制度"
part = "篇5"
page = "tq.md"
summary = "谁接。"

[kinds.rule]
title = "判定"
asks = ["rules"]
meaning = "系统判定。"

[screens]
"gallery:arrival" = "到访"
"""


def clause(**changes: str) -> str:
    fields = {
        "id": '"TQ-1"',
        "procedure": '"TQ"',
        "title": '"问候"',
        "text": '"先问好。"',
        "source": '"篇5 第1条"',
        "kind": '"rule"',
        "state": '"live"',
        "revision": "1",
        "since": "2026-11-23",
        "rules": "[]",
        "screens": "[]",
        **changes,
    }
    return "\n[[clause]]\n" + "".join(f"{k} = {v}\n" for k, v in fields.items())


def test_a_small_file_is_read_whole() -> None:
    made = clauses.parse(SMALL + clause() + clause(id='"TQ-2"', screens='["gallery:arrival"]'))
    first, second = made.of("TQ")
    assert (first.id, second.screens) == ("TQ-1", ("gallery:arrival",))
    assert made.neighbours(first) == (None, second)
    assert made.neighbours(second) == (first, None)


@pytest.mark.parametrize(
    ("fault", "told"),
    [
        ({"procedure": '"XX"'}, "procedure"),
        ({"id": '"SF-1"'}, "prefix of the id"),
        ({"kind": '"poem"'}, "kind"),
        ({"state": '"soon"'}, "state"),
        ({"revision": "0"}, "revision"),
        ({"screens": '["gallery:nowhere"]'}, "screens"),
        ({"text": '""'}, "text"),
        ({"colour": '"red"'}, "colour"),
    ],
)
def test_a_fault_is_named_with_its_clause(fault: dict[str, str], told: str) -> None:
    with pytest.raises(clauses.ClausesError, match=rf"-1: .*{told}"):
        clauses.parse(SMALL + clause(**fault))


def test_an_id_stands_once() -> None:
    with pytest.raises(clauses.ClausesError, match="TQ-1 stands twice"):
        clauses.parse(SMALL + clause() + clause())


@pytest.mark.parametrize(
    ("asked", "found"),
    [
        ("tq-7", "TQ-7"),
        ("ＴＱ－７", "TQ-7"),
        ("轮空 用餐", "TQ-7"),
        ("鞋套", "SF-4.2"),
        ("请用茶", "SC-4.3.4"),
        ("预约访问申请表", "CV-3.2.1"),
    ],
)
def test_a_clause_is_found_by_id_word_greeting_or_sheet(asked: str, found: str) -> None:
    assert found in [c.id for c in clauses.book().search(asked)]


def test_every_word_must_occur() -> None:
    assert clauses.book().search("轮空 鞋套") == []
    assert len(clauses.book().search("  ")) == len(clauses.book().clauses)


def test_a_decision_stores_the_revision_of_its_clause() -> None:
    assert clauses.revision_of("TQ-7") == clauses.get("TQ-7").revision
    assert clauses.revision_of("") == clauses.revision_of(None) == 0
    with pytest.raises(KeyError):
        clauses.revision_of("TQ-77")
