"""What is done with a sheet inside a write: a row is signed or corrected, a copy is handed out."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from uuid import UUID

from yingbin.journal.canonical import canonical
from yingbin.journal.commit import new_salt, salted
from yingbin.journal.write import Pen
from yingbin.people.calendar import ZONE
from yingbin.people.rows import next_number
from yingbin.rules.decision import Refused
from yingbin.rules.register import may_correct

from .book import Book, Papers, R
from .ink import Signature

Words = Mapping[str, object]


def sign_row(
    pen: Pen,
    book: Book[R],
    row: R,
    words: Words,
    signature: Signature,
    *,
    signer: UUID | None = None,
) -> R:
    """Signs a new row and stores it with its words: numbered, committed to, witnessed by the journal.

    row: unsaved, with what is the app's own, and `corrects` where it corrects another. signer: somebody else
    than whoever writes, as for a row signed on paper.
    """
    kept, salt = dict(words), new_salt()
    row.site_id = pen.site_id  # type: ignore[attr-defined]
    row.number = next_number(book.rows, pen.site_id)
    row.day, row.at = pen.at.astimezone(ZONE).date(), pen.at
    row.signed, row.strokes = signature.how, signature.kept()
    row.signed_by = signer or UUID(pen.by)
    row.digest = salted(canonical(kept).decode(), salt)
    line = pen.append(book.signed, book.body(row), clause=book.clause)
    row.seq, row.receipt = line.seq, line.receipt
    row.save(force_insert=True)
    written = book.words(site_id=pen.site_id, words=kept, salt=salt)
    written.pk = row.pk
    written.save(force_insert=True)
    return row


def correctable(pen: Pen, book: Book[R], row_id: UUID, *, supervises: bool, why: str) -> R:
    """The row that is to be corrected by a new one; `why` it is says what was wrong.

    Raises `Refused` for a row of another site, one corrected already or erased, for anybody but its signer and
    those who supervise, and without a reason.
    """
    rows = book.rows._default_manager.select_related("written", "corrected_by", "corrects")
    old = rows.filter(site_id=pen.site_id, pk=row_id).first()
    if old is None:
        raise Refused(book.clause, f"{book.title}里没有这一行。")
    refused = may_correct(
        signer=str(old.signed_by) if old.signed_by else None,
        who=pen.by,
        supervises=supervises,
        corrected=hasattr(old, "corrected_by"),
        signers=book.signers,
    )
    if refused:
        raise Refused(book.clause, refused)
    if old.written.erased_at:  # type: ignore[attr-defined]
        raise Refused(book.clause, "这一行的内容已按本人要求删除，不能再更正。")
    if not why.strip():
        raise Refused(book.clause, "请写明更正了什么、为什么，原来那一行会保留。", "why")
    return old


@dataclass(frozen=True)
class Copy:
    """What is handed out: a sheet or paper, of which days, how many rows, the file's SHA-256."""

    form: str
    since: date | None
    until: date | None
    rows: int
    sha256: str = ""


@dataclass(frozen=True)
class HandOut:
    """The kept fact that a copy left the house, and the code that proves it."""

    copy: UUID
    receipt: str


def hand_out(
    pen: Pen,
    papers: Papers,
    copy: Copy,
    why: str,
    *,
    about: Mapping[str, UUID | None] | None = None,
) -> HandOut:
    """Keeps that a copy was handed out, by whom, when and why. Raises `Refused` without a reason.

    about: of whom or what it is a copy, by the columns that say so (`customer_id`).
    """
    if not why.strip():
        raise Refused(papers.clause, f"请写明带出{papers.title}做什么用，会留痕。", "why")
    of = about or {}
    body = {
        **{name.removesuffix("_id"): str(one) if one else None for name, one in of.items()},
        "form": copy.form,
        "since": copy.since.isoformat() if copy.since else "",
        "until": copy.until.isoformat() if copy.until else "",
        "rows": copy.rows,
        "sha256": copy.sha256,
    }
    line = pen.append(papers.handed_out, body, clause=papers.clause)
    row = papers.copies(
        at=pen.at,
        by=UUID(pen.by),
        why=why.strip()[:200],
        form=copy.form,
        since=copy.since,
        until=copy.until,
        rows=copy.rows,
        sha256=copy.sha256,
        seq=line.seq,
        **of,
    )
    row.site_id = pen.site_id  # type: ignore[attr-defined]
    row.save(force_insert=True)
    return HandOut(row.pk, line.receipt)
