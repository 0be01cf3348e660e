"""A signed sheet of any kind: final, numbered, corrected by new rows, handed out with a reason, checked."""

import io
from uuid import UUID

import pytest
from django.db import Error, connection, transaction
from django.template.loader import render_to_string
from openpyxl import load_workbook

from tests.force import unguarded
from tests.gallery.conftest import Gallery
from tests.sheets.keybook.models import KeyLoan, KeyLoanCopy, KeyLoanWords
from tests.sheets.keys import (
    KEY_SHEET,
    KEYBOOK,
    Loan,
    correct,
    hand_out,
    lend,
    line_of,
)
from yingbin.journal.models import Entry
from yingbin.rules.decision import Refused
from yingbin.sheets.actions import Copy
from yingbin.sheets.columns import ERASED, laid_out
from yingbin.sheets.excel import workbook
from yingbin.sheets.ink import Signature, strokes_of
from yingbin.sheets.queries import Erasure, faults, never_erased

GLASS = Signature("glass", ((100, 100, 300, 200, 500, 120, 600, 130),))


def lent(book: Gallery, key_no: int = 3, taker: str = "保洁王芳", by: str = "苏晴") -> KeyLoan:
    drawn = ((1, 2, 3, 4),)
    done = book.do(lend, by, loan=Loan(key_no, taker, drawn), signature=GLASS)
    return KeyLoan.objects.select_related("written").get(id=done)


def corrected(book: Gallery, row: KeyLoan, by: str, why: str = "写错号") -> UUID:
    supervises = by == "许诺"
    return book.do(correct, by, row_id=row.pk, loan=Loan(5, "保洁王芳"), signature=GLASS,
                   supervises=supervises, why=why)  # fmt: skip


def wrong(book: Gallery) -> list[str]:
    return list(faults(KEYBOOK, book.site, erased=never_erased))


def test_rows_are_numbered_signed_and_witnessed_without_a_word_of_them(keybook: Gallery) -> None:
    first, second = lent(keybook), lent(keybook, key_no=4)
    assert (first.number, second.number) == (1, 2)
    assert first.signed_by == keybook.id("苏晴")
    entry = Entry.objects.get(kind="key.lent", seq=first.seq)
    assert (entry.body["key"], entry.clause) == (3, "SF-4.1")
    assert entry.receipt == first.receipt
    assert "王芳" not in str(entry.body)
    assert wrong(keybook) == []


def test_a_correction_is_a_new_row_by_the_signer_or_who_supervises_and_once(
    keybook: Gallery,
) -> None:
    row = lent(keybook)
    with pytest.raises(Refused, match="发钥匙的人或领班可以更正"):
        corrected(keybook, row, "林悦")
    with pytest.raises(Refused, match="更正了什么") as no:
        corrected(keybook, row, "苏晴", why=" ")
    assert no.value.about == "why"
    new = KeyLoan.objects.get(id=corrected(keybook, row, "苏晴"))
    assert (new.corrects_id, new.number) == (row.pk, 2)
    with pytest.raises(Refused, match="已经更正过了"):
        corrected(keybook, row, "许诺")
    corrected(keybook, new, "许诺")
    assert wrong(keybook) == []


def test_a_row_of_nowhere_and_an_erased_one_are_not_corrected(keybook: Gallery) -> None:
    row = lent(keybook)
    with pytest.raises(Refused, match="钥匙登记簿里没有这一行"):
        keybook.do(correct, "苏晴", row_id=UUID(int=7), loan=Loan(1, "某人"), signature=GLASS,
                   supervises=True, why="x")  # fmt: skip
    KeyLoanWords.objects.update(words=None, salt="", erased_at=keybook.now)
    with pytest.raises(Refused, match="按本人要求删除"):
        corrected(keybook, row, "苏晴")


@pytest.mark.parametrize(
    "sql",
    [
        "update keybook_loan set key_no = 9",
        "delete from keybook_loan",
        "update keybook_words set words = '{}'",
        "update keybook_words set erased_at = now()",
        "delete from keybook_words",
    ],
)
def test_the_database_refuses_to_change_what_was_signed(keybook: Gallery, sql: str) -> None:
    lent(keybook)
    with pytest.raises(Error, match="a signed sheet is final"), transaction.atomic():
        connection.cursor().execute(sql)


def test_words_are_erased_once_and_whole(keybook: Gallery) -> None:
    row = lent(keybook)
    KeyLoanWords.objects.update(words=None, salt="", erased_at=keybook.now)
    assert wrong(keybook) == ["第 1 号：内容空了，但没有删除的记录"]
    lawful = [Erasure(row.seq + 1, keybook.now)]
    assert list(faults(KEYBOOK, keybook.site, erased=lambda _: lawful)) == []
    with pytest.raises(Error, match="only be erased"), transaction.atomic():
        KeyLoanWords.objects.update(salt="x", erased_at=None)


@pytest.mark.parametrize(
    ("sql", "said"),
    [
        ("update keybook_loan set key_no = 9 where number = 1", "钥匙号和记录链里的不一样"),
        ("update keybook_loan set strokes = '[]' where number = 1", "签名和记录链里的不一样"),
        ("update keybook_loan set receipt = 'X' where number = 1", "回执码和记录链里的不一样"),
        ("update keybook_loan set number = 7 where number = 2", "第 2 号到第 6 号不见了"),
        ("""update keybook_words set words = '{"taker": "李四"}'""", "凭据对不上，被改过"),
        ("delete from keybook_words", "内容不见了"),
        ("delete from keybook_words; delete from keybook_loan", "钥匙登记簿里没有了"),
    ],
)
def test_what_the_owner_forged_is_found(keybook: Gallery, sql: str, said: str) -> None:
    lent(keybook)
    lent(keybook, key_no=4)
    unguarded(sql)
    assert any(said in fault for fault in wrong(keybook)), wrong(keybook)


def test_a_copy_is_handed_out_with_a_reason_and_the_fact_stays(keybook: Gallery) -> None:
    copy = Copy("sheet", None, None, 2, "ab" * 32)
    with pytest.raises(Refused, match="带出钥匙登记簿做什么用"):
        keybook.do(hand_out, "许诺", copy=copy, why=" ")
    done = keybook.do(hand_out, "许诺", copy=copy, why="月底盘点")
    row = KeyLoanCopy.objects.get(id=done.copy)
    assert (row.by, row.rows, row.why) == (keybook.id("许诺"), 2, "月底盘点")
    entry = Entry.objects.get(kind="key.handed_out")
    assert (entry.body["sha256"], entry.receipt) == (copy.sha256, done.receipt)
    assert "盘点" not in str(entry.body)


def test_one_definition_gives_the_page_the_paper_and_the_workbook(keybook: Gallery) -> None:
    lines = [line_of(lent(keybook)), line_of(lent(keybook, taker="=保安"), strokes=())]
    page = laid_out(KEY_SHEET, lines, "page")
    assert [h.title for h in page.heads] == ["序号", "钥匙", "领用人", "领用人签名", "发放人签名"]
    paper = laid_out(KEY_SHEET, lines, "paper")
    assert [h.title for h in paper.heads] == [
        "序号",
        "钥匙",
        "领用人",
        "电话",
        "领用人签名",
        "发放人签名",
    ]
    told = {"grid": paper, "heading": ("项目：湖畔",), "empty": range(2), "book": KEYBOOK.title,
            "back": "/", "now": keybook.now}  # fmt: skip
    text = render_to_string("sheets/a4.html", told)
    assert "钥匙领用登记表" in text
    assert "保*" in text
    assert "王芳" not in text
    assert text.count('class="blank"') == 2
    assert text.count("<path") == 3  # two takers and one lender drew
    told_page = {"grid": page, "row_page": "gallery:entry"}
    assert "<small>未留</small>" in render_to_string("sheets/_table.html", told_page)


def test_the_workbook_of_a_copy_is_whole_and_its_text_stays_text(keybook: Gallery) -> None:
    lines = [line_of(lent(keybook)), line_of(lent(keybook, taker="=1+1"))]
    data = workbook(laid_out(KEY_SHEET, lines, "workbook", full=True), "项目：湖畔")
    sheet = load_workbook(io.BytesIO(data)).worksheets[0]
    rows = list(sheet.values)
    assert rows[0][0] == "钥匙领用登记表  项目：湖畔"
    assert rows[2][:5] == (1, "3 号", "保洁王芳", "未留", "已签")
    assert rows[3][2] == "=1+1"
    assert sheet["C4"].data_type == "s"


def test_of_an_erased_row_nothing_that_names_is_laid_out(keybook: Gallery) -> None:
    line = line_of(lent(keybook), erased=True, taker="")
    row = next(iter(laid_out(KEY_SHEET, [line], "paper", full=True).rows))
    cells = [(c.value, c.span) for c in row.cells]
    assert cells[:3] == [(1, 1), ("3 号", 1), (ERASED, 2)]
    row = next(iter(laid_out(KEY_SHEET, [line], "workbook", full=True).rows))
    assert [c.value for c in row.cells][2:4] == [ERASED, ""]


@pytest.mark.parametrize("text", ["{", "[[1]]", "[[1,2,5000,7]]", '[["1","2"]]', "[[true,2]]", "7"])
def test_a_drawing_that_is_none_is_refused(text: str) -> None:
    with pytest.raises(ValueError, match=r".+"):
        strokes_of(text)


def test_a_drawing_is_read_as_it_was_drawn() -> None:
    assert strokes_of("[[1,2,3,4],[5,6]]") == ((1, 2, 3, 4), (5, 6))
    assert strokes_of(" ") == ()
