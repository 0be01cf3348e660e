"""A sheet as a book: its three tables, and how the journal speaks of them."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import Generic, TypeVar

from .ink import drawn
from .models import SheetCopy, SheetRow, SheetWords

R = TypeVar("R", bound=SheetRow)

Body = Mapping[str, str | int | None]
_CALLED = {
    "entry": "编号",
    "number": "序号",
    "corrects": "更正的那一行",
    "words": "内容的凭据",
    "signature": "签名",
    "signed": "签名方式",
    "signed_by": "签名人",
}


def _nothing(row: SheetRow) -> Body:
    return {}


@dataclass(frozen=True)
class Papers:
    """Papers whose copies leave the house with a reason: the table and the kind of entry that keep it."""

    title: str
    clause: str
    copies: type[SheetCopy]
    handed_out: str


@dataclass(frozen=True)
class Book(Papers, Generic[R]):
    """The tables of a sheet and its entries in the journal.

    signed: the kind of entry of a row. about: what the journal keeps of a row besides what every sheet has,
    ids and codes alone; called: those names in words. signers: who may correct a row, in words.
    """

    rows: type[R]
    words: type[SheetWords]
    signed: str
    signers: str
    about: Callable[[R], Body] = _nothing
    called: Mapping[str, str] | None = None

    def body(self, row: R) -> dict[str, str | int | None]:
        """What the journal keeps of a row."""
        return {
            "entry": str(row.pk),
            "number": row.number,
            "corrects": row.corrects.number if row.corrects else None,
            "words": row.digest,
            "signature": drawn(row.strokes),
            "signed": str(row.signed),
            "signed_by": str(row.signed_by) if row.signed_by else None,
            **self.about(row),
        }

    def word_for(self, name: str) -> str:
        """What a part of the body is called."""
        return {**_CALLED, **(self.called or {})}[name]
