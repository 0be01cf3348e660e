"""What somebody with the database does to checks is found: each column of lists, answers and words of a lead (TQ-11)."""

from dataclasses import dataclass
from pathlib import Path
from uuid import uuid4

import pytest
from django.db import ProgrammingError, connection, transaction

from tests.files.shelf import picture as photo
from tests.force import unguarded
from yingbin.duty.actions import check_lists, checks
from yingbin.duty.actions.checking import Filled
from yingbin.duty.export import disagreements
from yingbin.duty.models import CheckAnswer, CheckList, CheckReturn
from yingbin.files.actions import take_in
from yingbin.journal.action import Acting
from yingbin.journal.check import check_site
from yingbin.journal.models import Entry

from .flat import INK, Flat

TABLES = {
    "list": "duty_checklist",
    "answer": "duty_checkanswer",
    "word": "duty_checkreturn",
}


@dataclass(frozen=True)
class Signed:
    """A morning whose check was filled in, signed, sent back and done again."""

    flat: Flat
    number: str
    redone: CheckAnswer

    def faults(self) -> list[str]:
        """What the journal's check finds; the roles were given behind its back."""
        found = [str(f) for line in check_site(self.flat.site) for f in line.found]
        return [f for f in found if not f.startswith("角色")]


WORDS = {"goods": "靠垫歪了", "environment": "有手印", "facilities": "射灯不亮"}
ITEMS: dict[str, dict[str, object]] = {
    "number": {"title": "温度", "kind": "number", "low": "18", "high": "26"},
    "choice": {"title": "沙盘灯", "kind": "choice", "choices": ["亮", "暗"], "good": ["亮"]},
    "signature": {"title": "保洁签名", "kind": "signature"},
    "photo": {"title": "全景", "kind": "photo"},
}


@pytest.fixture
def signed(flat: Flat, room: Path) -> Signed:
    """叶 filled in everything there is, 许 sent 物品摆放 back after the signature."""
    study = str(flat.do(check_lists.draft_section, "许", check="opening", title="书房"))
    told = {"check": "opening", "section": study}
    ids = {k: flat.do(check_lists.draft_item, "许", **told, values=v) for k, v in ITEMS.items()}
    flat.do(check_lists.publish_list, "许", check="opening")
    flat.roster(叶="全", 许="全")
    flat.sign_on("叶", "许", at="08:20")
    acting = Acting(flat.site, "photo", flat.people["叶"], flat.now)
    snapped = take_in(acting, owner="check", data=photo())
    task = f"{flat.post}/opening"
    filled = (
        Filled(ids["number"], number="22.50"),
        Filled(ids["choice"], choice="亮"),
        Filled(ids["signature"], strokes=INK.strokes),
        Filled(ids["photo"], photos=(snapped,)),
        *flat.filled(task),
    )
    flat.do(checks.answer_room, "叶", task=task, filled=filled)
    flat.do(checks.sign_check, "叶", task=task)
    for item, word in WORDS.items():
        flat.do(checks.send_back, "许", task=task, item=item, word=word)
    flat.do(checks.answer, "叶", task=task, item="goods", result="ok")
    return Signed(flat, ids["number"], CheckAnswer.objects.get(event__isnull=True))


@pytest.mark.clause("TQ-11")
def test_a_day_with_every_kind_of_answer_is_whole(signed: Signed) -> None:
    assert signed.faults() == []
    assert list(disagreements(signed.flat.log)) == []
    kept = CheckAnswer.objects.order_by("seq")
    assert [a.result for a in kept] == ["ok"] * 6
    assert str(CheckAnswer.objects.get(item=signed.number).number) == "22.500"


# Column after column of a table, each of another row, so that each is found by itself.
TAMPERED: dict[str, tuple[str, dict[str, str], tuple[str, ...]]] = {
    "lists: what they ask": (
        "检查模板",
        {"version": "9", "body": "'{}'", "shipped": "not shipped"},
        ("哪张表", "内容", "是不是随程序带的"),
    ),
    "lists: who and when": (
        "检查模板",
        {"at": "at + interval '1 minute'", "by": "'{other}'", "salt": "'x'"},
        ("时间", "谁改的", "内容"),
    ),
    "answers: what was found": (
        "检查填的内容",
        {
            "number": "coalesce(number, 0) + 1", "count": "coalesce(count, 0) + 1",
            "choice": "'暗'", "strokes": "'[[1,1,2,2,3,3,4,4]]'", "photos": "photos + 1",
            "result": "'failed'",
        },
        ("填的内容",) * 6,
    ),
    "answers: whose, of what, when": (
        "检查填的内容",
        {
            "task": "'elsewhere'", "item": "'gas'", "by": "'{other}'", "sent_back_id": "null",
            "at": "at - interval '1 minute'",
        },
        ("填的内容", "填的内容", "谁填的", "", "时间"),
    ),
    "words: what was said of what": (
        "检查退回",
        {"word": "'很好'", "task": "'elsewhere'", "item": "'gas'"},
        ("哪里不行", "哪一项", "哪一项"),
    ),
    "words: who and when": (
        "检查退回",
        {"at": "at - interval '1 hour'", "by": "'{other}'", "salt": "'x'"},
        ("时间", "谁退的", "哪里不行"),
    ),
}  # fmt: skip
MODELS = {"检查模板": CheckList, "检查填的内容": CheckAnswer, "检查退回": CheckReturn}


@pytest.mark.clause("TQ-11", "SC-4.1")
@pytest.mark.parametrize("what", TAMPERED)
def test_no_column_is_changed_unfound(signed: Signed, what: str) -> None:
    thing, columns, says = TAMPERED[what]
    model = MODELS[thing]
    ids = list(model.objects.order_by("seq").values_list("id", flat=True))
    assert len(ids) >= len(columns)
    for one, (column, value) in zip(ids, columns.items(), strict=False):
        told = value.replace("{other}", str(signed.flat.people["苏"]))
        unguarded(f'update {model._meta.db_table} set "{column}" = {told} where id = %s', one)
    found = [f for f in signed.faults() if f.startswith(thing)]
    assert len(found) >= sum(map(bool, says)), found
    for word in says:
        assert [f for f in found if word in f], (word, found)


@pytest.mark.clause("TQ-11", "SC-4.1")
def test_when_something_was_put_right_after_the_signature_can_not_be_moved(signed: Signed) -> None:
    """The time of correction on the sheet: of an answer that is no event of the day."""
    sql = "update duty_checkanswer set at = at - interval '1 day' where id = %s"
    unguarded(sql, signed.redone.id)
    assert [f for f in signed.faults() if f.startswith("检查填的内容") and "时间" in f]


@pytest.mark.clause("TQ-11")
@pytest.mark.parametrize("table", TABLES)
def test_a_row_taken_away_is_missed(signed: Signed, table: str) -> None:
    unguarded(f"delete from {TABLES[table]}")
    assert signed.faults() != []


@pytest.mark.clause("TQ-11")
def test_an_answer_put_in_without_an_entry_is_found(signed: Signed) -> None:
    row = CheckAnswer.objects.get(item=signed.number)
    row.id, row.event = uuid4(), None
    row.sent_back = CheckReturn.objects.get(item="environment")
    row.save(force_insert=True)
    assert [f for f in signed.faults() if f.startswith("检查填的内容")]


REWRITTEN = [
    "update duty_checklist set version = 9",
    "update duty_checklist set body = '{}'",
    "delete from duty_checklist",
    "update duty_checkanswer set result = 'ok', count = 13",
    'update duty_checkanswer set "by" = null',
    "delete from duty_checkanswer",
    "update duty_checkreturn set word = '很好'",
    "update duty_checkreturn set word = '', item = 'gas'",
    "delete from duty_checkreturn",
]


@pytest.mark.clause("TQ-11")
def test_the_database_refuses_to_rewrite_what_was_checked(signed: Signed) -> None:
    for sql in REWRITTEN:
        with (
            pytest.raises(ProgrammingError, match="are final"),
            transaction.atomic(),
            connection.cursor() as cursor,
        ):
            cursor.execute(sql)
    assert signed.faults() == []


@pytest.mark.clause("SC-4.1")
def test_a_word_of_a_lead_can_be_emptied_and_never_filled_anew(signed: Signed) -> None:
    row = CheckReturn.objects.filter(item="goods")
    row.update(word="", salt="")
    with pytest.raises(ProgrammingError, match="are final"), transaction.atomic():
        row.update(word="靠垫歪了")
    assert row.get().word == ""


@pytest.mark.clause("TQ-11")
def test_the_journal_holds_no_word_of_a_lead_and_no_stroke_of_a_hand(signed: Signed) -> None:
    bodies = str(
        list(Entry.objects.filter(site_id=signed.flat.site).values_list("body", flat=True))
    )
    assert "靠垫歪了" not in bodies
    assert "书房" not in bodies
    assert "300, 90, 320" not in bodies


@pytest.mark.clause("SF-4.1")
def test_versions_follow_one_another_and_each_names_its_author(signed: Signed) -> None:
    flat = signed.flat
    for n in range(3):
        flat.do(check_lists.draft_section, "许", check="round", title=f"区域{n}")
        flat.do(check_lists.publish_list, "许", check="round")
    kept = CheckList.objects.filter(kind="round").order_by("version")
    assert [(r.version, r.shipped, r.by) for r in kept] == [
        (1, True, None),
        *((n, False, flat.people["许"]) for n in (2, 3, 4)),
    ]
    assert [len(r.body["sections"]) for r in kept] == [1, 2, 3, 4]
    assert signed.faults() == []
