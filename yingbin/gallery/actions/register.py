"""登记: a row of the visitors' register is signed and final; a correction is a new signed row (TQ-3)."""

from dataclasses import asdict, dataclass, field, replace
from typing import Any
from uuid import UUID

from yingbin.customers.actions import complete_card, consent, register_customer
from yingbin.customers.numbers import e164_of
from yingbin.customers.queries import family, first_phone
from yingbin.journal.action import action
from yingbin.journal.canonical import canonical
from yingbin.journal.commit import new_salt, salted
from yingbin.journal.write import Line, Pen
from yingbin.matters.actions import take
from yingbin.matters.models import Matter
from yingbin.people.calendar import ZONE
from yingbin.people.rows import next_number
from yingbin.rules.decision import Refused
from yingbin.rules.matters import Step as MatterStep
from yingbin.rules.register import may_correct

from ..models import RegisterEntry, RegisterWords, Visit
from ..queries import register as queries
from ..queries.proof import signed_body
from .events import words_of
from .receptions import last_word
from .steps import NeedsTold, keep_needs

OWED = "register_owed"


@dataclass(frozen=True)
class Signature:
    """How the receiver signed: strokes on the glass, or the password where no glass is at hand."""

    how: str
    strokes: tuple[tuple[int, ...], ...] = ()


@dataclass(frozen=True)
class Words:
    """What the customer wrote or said; `why` when they declined, or what a correction corrects.

    agreed, refused: the version of the wording they were told and said yes or no to. Whoever
    declines or says no leaves nothing that names them: no name, phone, address or signature is kept.
    """

    hand: str
    name: str = ""
    title: str = ""
    phone: str = ""
    lives: str = ""
    group_size: int = 1
    first_visit: bool | None = None
    note: str = ""
    why: str = ""
    agreed: str = ""
    refused: str = ""
    strokes: tuple[tuple[int, ...], ...] = ()
    needs: NeedsTold = field(default_factory=NeedsTold)

    @property
    def declined(self) -> bool:
        """Whether the row is to stand without anything that names the customer."""
        return self.hand == RegisterEntry.Hand.DECLINED or bool(self.refused)

    def kept(self) -> dict[str, Any]:
        """The words as they are kept and committed to."""
        if self.declined and (self.name or self.title or self.phone or self.lives or self.strokes):
            return replace(self, name="", title="", phone="", lives="", strokes=()).kept()
        needs = {k: v for k, v in asdict(self.needs).items() if v not in ("", None)}
        return {
            "name": " ".join(self.name.split()),
            "title": self.title,
            "phone": e164_of(self.phone) if self.phone.strip() else "",
            "lives": self.lives.strip(),
            "group_size": self.group_size,
            "first_visit": self.first_visit,
            "note": self.note.strip(),
            "why": self.why.strip(),
            "strokes": [list(s) for s in self.strokes],
            "needs": needs,
        }


@dataclass(frozen=True)
class RowReceipt:
    """The row that was signed, its number and the code that proves it.

    No `entry` where the customer was found by the number given and stands in the register already.
    """

    entry: UUID | None
    number: int = 0
    receipt: str = ""


@action("sign")
def sign_entry(pen: Pen, *, visit_id: UUID, words: Words, signature: Signature) -> RowReceipt:
    """TQ-3: the receiver signs the row of a customer they received; it is final from then on.

    Raises `Refused` when the visit isn't theirs, owes nothing more, or the words are incomplete.
    """
    visit = _received_visit(pen, visit_id)
    if not queries.owed(visit):
        raise Refused("TQ-3", _nothing_owed(visit))
    told = _with_phone(words, _known_phone(pen, visit))
    _check(told)
    _asked(told)
    customer_id = _customer(pen, visit, told)
    _answered(pen, customer_id, told)
    if customer_id and not queries.owed(visit):
        return RowReceipt(None)
    row = _write(pen, visit, customer_id, told, signature)
    _note(pen, visit, customer_id, told)
    _settle(pen, visit)
    return RowReceipt(row.id, row.number, row.receipt)


@action("correct")
def correct_entry(
    pen: Pen, *, entry_id: UUID, words: Words, signature: Signature, supervises: bool
) -> RowReceipt:
    """TQ-3: a new signed row that refers to the one it corrects; the old one stays as it is."""
    old = _correctable(pen, entry_id, supervises)
    if not words.why.strip():
        raise Refused("TQ-3", "请写明更正了什么、为什么，原来那一行会保留。", "why")
    before = old.written.words or {}
    told = _with_phone(words, before.get("phone", ""))
    _check(told)
    if not (before.get("name") or before.get("phone")):
        _asked(told)
    customer_id = _corrected_customer(pen, old, told)
    row = _write(pen, old.visit, customer_id, told, signature, corrects=old)
    _answered(pen, customer_id, told)
    return RowReceipt(row.id, row.number, row.receipt)


def _with_phone(words: Words, known: str) -> Words:
    """A number that is known already needn't be written again."""
    return words if words.phone.strip() or words.declined else replace(words, phone=known)


def _known_phone(pen: Pen, visit: Visit) -> str:
    """The number on the card of the visit's first family."""
    if visit.customer_id is None or queries.signed(visit):
        return ""
    return first_phone(pen.site_id, visit.customer_id)


def _corrected_customer(pen: Pen, old: RegisterEntry, words: Words) -> UUID | None:
    kept = words.kept()
    if old.customer_id and not words.declined:
        name, phone = kept["name"], kept["phone"]
        complete_card(pen=pen, customer_id=old.customer_id, name=name, phone=phone, first=True)
    elif old.customer_id is None and (kept["name"] or kept["phone"]):
        return register_customer(
            pen=pen, name=kept["name"], phone=kept["phone"], title=words.title
        ).id
    return old.customer_id


def _received_visit(pen: Pen, visit_id: UUID) -> Visit:
    """The visit, if whoever signs received it; also after a finish that left the row owed."""
    visit = Visit.objects.filter(site_id=pen.site_id, id=visit_id, undone_at__isnull=True).first()
    if visit is None:
        raise Refused("TQ-3", "没有找到这条到访记录，可能已经撤销。")
    standing = last_word(pen.site_id, visit.id)
    if standing is None or str(standing.receiver) != pen.by:
        raise Refused("TQ-3", "登记由接待这批客户的人签名，请接待人本人来签。")
    return visit


def _nothing_owed(visit: Visit) -> str:
    if visit.kind != "customer":
        return "同行市调、找人问路的不用登记。"
    return "这批客户已经登记过了，不用再登。内容有误请在登记册里更正。"


def _check(words: Words) -> None:
    if words.declined and not words.why.strip():
        raise Refused("TQ-3", "客户不愿登记的，请写一句原因，例如：只看看，不愿留电话。", "why")
    if not words.declined and not words.name.strip():
        raise Refused(
            "TQ-3", "请填写客户姓名。客户不愿登记的，请选「客户不愿登记」并写明原因。", "name"
        )
    if not words.declined and not words.phone.strip() and not words.why.strip():
        raise Refused("TQ-3", "没有电话的，请在「没留电话的原因」里写一句。", "why")


def _asked(words: Words) -> None:
    """A name or phone is kept only after the customer was told what for and agreed."""
    if not words.declined and not words.agreed:
        raise Refused(
            "TQ-3",
            "客户还没有表示同不同意保存姓名和电话。请给客户看告知内容，选「同意」或「不同意」。",
            "consent",
        )


def _answered(pen: Pen, customer_id: UUID | None, words: Words) -> None:
    """What the customer said to the wording, as a fact on their card; who has no card left nothing."""
    version = words.agreed or words.refused
    if customer_id is None or not version:
        return
    how = "screen" if words.hand == RegisterEntry.Hand.CUSTOMER else "spoken"
    consent.within(
        pen,
        customer_id=customer_id,
        how=how,
        given=not words.refused,
        wording_version=version,
    )


def _customer(pen: Pen, visit: Visit, words: Words) -> UUID | None:
    """Whose row it is: the visit's customer for the first family, a card of their own for others."""
    kept = words.kept()
    if visit.customer_id and not queries.signed(visit):
        complete_card(
            pen=pen, customer_id=visit.customer_id, name=kept["name"], phone=kept["phone"]
        )
        return visit.customer_id
    if not kept["name"] and not kept["phone"]:
        return None
    customer = register_customer(pen=pen, name=kept["name"], phone=kept["phone"], title=words.title)
    if visit.customer_id is None:
        visit.customer_id, visit.called = customer.id, visit.called or kept["name"]
        body = {"visit": str(visit.id), "customer": str(customer.id), "words": words_of(visit)}
        visit.save(update_fields=["customer_id", "called", "salt"])
        pen.append("visit.identified", body)
    return customer.id


def _write(
    pen: Pen,
    visit: Visit | None,
    customer_id: UUID | None,
    words: Words,
    signature: Signature,
    corrects: RegisterEntry | None = None,
    signer: UUID | None = None,
) -> RegisterEntry:
    kept, salt = words.kept(), new_salt()
    row = RegisterEntry(
        site_id=pen.site_id,
        number=next_number(RegisterEntry, pen.site_id),
        day=pen.at.astimezone(ZONE).date(),
        at=pen.at,
        visit=visit,
        customer_id=customer_id,
        hand=RegisterEntry.Hand.DECLINED if words.declined else words.hand,
        signed=signature.how,
        signed_by=signer or UUID(pen.by),
        strokes=[list(s) for s in signature.strokes],
        corrects=corrects,
        digest=salted(canonical(kept).decode(), salt),
    )
    line = _journal(pen, row)
    row.seq, row.receipt = line.seq, line.receipt
    row.save(force_insert=True)
    RegisterWords.objects.create(entry=row, site_id=pen.site_id, words=kept, salt=salt)
    return row


def enter_paper_row(
    pen: Pen, visit: Visit, customer_id: UUID | None, words: Words, signer: UUID
) -> RegisterEntry:
    """A row that was signed on paper during an outage, entered inside a write."""
    return _write(pen, visit, customer_id, words, Signature("paper"), signer=signer)


def _journal(pen: Pen, row: RegisterEntry) -> Line:
    return pen.append("register.signed", signed_body(row), clause="TQ-3")


def _note(pen: Pen, visit: Visit, customer_id: UUID | None, words: Words) -> None:
    """Needs told at the register are needs told."""
    if words.needs.said_something:
        keep_needs(pen, words.needs, visit=visit, customer_id=customer_id)


def _settle(pen: Pen, visit: Visit) -> None:
    """The reminder of an owed row is done once nothing is owed any more."""
    if queries.owed(visit):
        return
    still = Matter.objects.filter(
        site_id=pen.site_id, subject_id=visit.id, kind=OWED, closed_at__isnull=True
    )
    for matter in still:
        step = MatterStep("done", pen.by, pen.at, note="已补签登记")
        take(pen=pen, matter_id=matter.id, step=step)


def _correctable(pen: Pen, entry_id: UUID, supervises: bool) -> RegisterEntry:
    old = queries.entry(pen.site_id, entry_id)
    if old is None:
        raise Refused("TQ-3", "登记册里没有这一行。")
    why_not = may_correct(
        signer=str(old.signed_by) if old.signed_by else None,
        who=pen.by,
        supervises=supervises,
        corrected=hasattr(old, "corrected_by"),
    )
    if why_not:
        raise Refused("TQ-3", why_not)
    if old.written.erased_at:
        raise Refused("TQ-3", "这一行的内容已按客户本人要求删除，不能再更正。")
    return old


def is_registered(site_id: UUID, customer_id: UUID) -> bool:
    """Whether the customer stands in the register."""
    return queries.registered(site_id, family(site_id, customer_id))
