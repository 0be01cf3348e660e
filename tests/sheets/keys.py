"""钥匙领用登记表: a sheet that no app of ours has, so that the machinery is shown to know none of them."""

from dataclasses import dataclass
from typing import Any, cast
from uuid import UUID

from django.db import connection, models

from tests.sheets.keybook.models import KeyLoan, KeyLoanCopy, KeyLoanWords
from yingbin.journal.action import action
from yingbin.journal.write import Pen
from yingbin.sheets import actions as sheets
from yingbin.sheets.actions import Copy, HandOut
from yingbin.sheets.book import Body, Book
from yingbin.sheets.columns import Column, Sheet, SheetLine, SignatureColumn
from yingbin.sheets.finals import final
from yingbin.sheets.ink import Signature, Strokes

MODELS: tuple[type[models.Model], ...] = (KeyLoan, KeyLoanWords, KeyLoanCopy)


def found() -> None:
    """The tables, as the migrations of an app would make them."""
    with connection.schema_editor() as editor:
        for model in MODELS:
            editor.create_model(model)
        editor.execute(final("keybook_loan", "keybook_words"), params=None)


def _about(row: KeyLoan) -> Body:
    return {"key": row.key_no}


KEYBOOK = Book(
    title="钥匙登记簿",
    clause="SF-4.1",
    rows=KeyLoan,
    words=KeyLoanWords,
    copies=KeyLoanCopy,
    signed="key.lent",
    handed_out="key.handed_out",
    signers="发钥匙的人或领班",
    about=_about,
    called={"key": "钥匙号"},
)


@dataclass(frozen=True)
class Loan:
    """Who takes which key."""

    key_no: int
    taker: str
    drawn: Strokes = ()

    def kept(self) -> dict[str, object]:
        """The words as they are committed to."""
        return {"taker": self.taker, "strokes": [list(s) for s in self.drawn]}


@action("lend_key")
def lend(pen: Pen, *, loan: Loan, signature: Signature) -> UUID:
    """A key is lent; both sign."""
    row = KeyLoan(key_no=loan.key_no)
    return cast(UUID, sheets.sign_row(pen, KEYBOOK, row, loan.kept(), signature).pk)


@action("correct_loan")
def correct(
    pen: Pen, *, row_id: UUID, loan: Loan, signature: Signature, supervises: bool, why: str
) -> UUID:
    """A new row that points to the wrong one."""
    old = sheets.correctable(pen, KEYBOOK, row_id, supervises=supervises, why=why)
    row = KeyLoan(key_no=loan.key_no, corrects=old)
    return cast(UUID, sheets.sign_row(pen, KEYBOOK, row, loan.kept(), signature).pk)


@action("hand_out_keys")
def hand_out(pen: Pen, *, copy: Copy, why: str) -> HandOut:
    """A copy leaves the house."""
    return sheets.hand_out(pen, KEYBOOK, copy, why)


@dataclass(frozen=True, kw_only=True)
class LoanLine(SheetLine):
    """A row of the sheet as it is shown."""

    key_no: int
    taker: str
    taker_strokes: Strokes = ()


KEY_SHEET = Sheet[LoanLine](
    "钥匙领用登记表",
    columns=(
        Column("序号", lambda r: r.number, 6),
        Column("钥匙", lambda r: f"{r.key_no} 号", 10),
        Column("领用人", lambda r: f"{r.taker[:1]}*", 12, full=lambda r: r.taker, names=True),
        Column("电话", lambda r: "未留", 12, names=True, below="领用人"),
    ),
    signatures=(
        SignatureColumn("领用人签名", lambda r: r.taker_strokes, lambda r: ""),
        SignatureColumn("发放人签名", lambda r: r.strokes, lambda r: r.signed),
    ),
    remarks=(Column("回执码", lambda r: r.receipt, 12, on=("workbook",)),),
    foot="钥匙当日归还。",
)


def line_of(row: KeyLoan, **more: Any) -> LoanLine:
    """The line of a row."""
    words = cast(KeyLoanWords, row.written).words or {}  # type: ignore[attr-defined]
    told: dict[str, Any] = {
        "id": row.pk,
        "number": row.number,
        "at": row.at,
        "signed": str(row.get_signed_display()),
        "strokes": row.strokes,
        "receipt": row.receipt,
        "key_no": row.key_no,
        "taker": words.get("taker", ""),
        "taker_strokes": words.get("strokes", ()),
        "corrects": row.corrects.number if row.corrects else None,
    }
    return LoanLine(**{**told, **more})
