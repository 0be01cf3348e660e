"""登记: a row of the visitors' register is signed and final; a correction is a new signed row (TQ-3)."""

from collections.abc import Callable
from dataclasses import asdict, dataclass, field, replace
from uuid import UUID

from yingbin.customers.actions import complete_card, consent, register_customer
from yingbin.customers.numbers import e164_of
from yingbin.customers.queries import family, first_phone
from yingbin.journal.action import action
from yingbin.journal.write import Pen
from yingbin.matters.actions import take
from yingbin.matters.models import Matter
from yingbin.rules.decision import Refused
from yingbin.rules.matters import Step as MatterStep
from yingbin.sheets.actions import correctable, sign_row
from yingbin.sheets.ink import Signature, Strokes

from ..models import RegisterEntry, TurnDecision, Visit
from ..queries import register as queries
from ..queries.proof import REGISTER
from .events import words_of
from .receptions import last_word
from .steps import NeedsTold, keep_needs

OWED = "register_owed"


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
    strokes: Strokes = ()
    needs: NeedsTold = field(default_factory=NeedsTold)

    @property
    def declined(self) -> bool:
        """Whether the row is to stand without anything that names the customer."""
        return self.hand == RegisterEntry.Hand.DECLINED or bool(self.refused)

    @property
    def written_name(self) -> str:
        """The name as it is kept; nothing where nothing may name them."""
        return "" if self.declined else " ".join(self.name.split())

    @property
    def number(self) -> str:
        """The phone number as it is kept (E.164); nothing where nothing may name them."""
        return e164_of(self.phone) if self.phone.strip() and not self.declined else ""

    def kept(self) -> dict[str, object]:
        """The words as they are kept and committed to."""
        named = not self.declined
        needs = {k: v for k, v in asdict(self.needs).items() if v not in ("", None)}
        return {
            "name": self.written_name,
            "title": self.title if named else "",
            "phone": self.number,
            "lives": self.lives.strip() if named else "",
            "group_size": self.group_size,
            "first_visit": self.first_visit,
            "note": self.note.strip(),
            "why": self.why.strip(),
            "strokes": [list(s) for s in self.strokes] if named else [],
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
    visit, decision = _received_visit(pen, visit_id)
    debt = queries.debt(visit, decision if decision.kind == "received" else None)
    if not debt.rows:
        raise Refused("TQ-3", _nothing_owed(visit))
    known, first = visit.customer_id, debt.signed == 0
    told = _with_phone(words, lambda: first_phone(pen.site_id, known) if known and first else "")
    _check(told)
    _asked(told)
    customer_id = _customer(pen, visit, told, first=first)
    _answered(pen, customer_id, told)
    if visit.customer_id != known:
        debt = replace(debt, registered=queries.registered_before(visit))
    if customer_id and not debt.rows:
        return RowReceipt(None)
    row = _write(pen, visit, customer_id, told, signature)
    _note(pen, visit, customer_id, told)
    if not debt.less_one:
        _settle(pen, visit)
    return RowReceipt(row.id, row.number, row.receipt)


@action("correct")
def correct_entry(
    pen: Pen, *, entry_id: UUID, words: Words, signature: Signature, supervises: bool
) -> RowReceipt:
    """TQ-3: a new signed row that refers to the one it corrects; the old one stays as it is."""
    old = correctable(pen, REGISTER, entry_id, supervises=supervises, why=words.why)
    before = old.written.words or {}
    told = _with_phone(words, lambda: before.get("phone", ""))
    _check(told)
    if not (before.get("name") or before.get("phone")):
        _asked(told)
    customer_id = _corrected_customer(pen, old, told)
    row = _write(pen, old.visit, customer_id, told, signature, corrects=old)
    _answered(pen, customer_id, told)
    return RowReceipt(row.id, row.number, row.receipt)


def _with_phone(words: Words, known: Callable[[], str]) -> Words:
    """A number that is known already needn't be written again."""
    return words if words.phone.strip() or words.declined else replace(words, phone=known())


def _corrected_customer(pen: Pen, old: RegisterEntry, words: Words) -> UUID | None:
    name, phone = words.written_name, words.number
    if old.customer_id and not words.declined:
        complete_card(pen=pen, customer_id=old.customer_id, name=name, phone=phone, first=True)
    elif old.customer_id is None and (name or phone):
        return register_customer(pen=pen, name=name, phone=phone, title=words.title).id
    return old.customer_id


def _received_visit(pen: Pen, visit_id: UUID) -> tuple[Visit, TurnDecision]:
    """The visit and the word that stands, if whoever signs received it; also after a finish that left the row owed."""
    visit = Visit.objects.filter(site_id=pen.site_id, id=visit_id, undone_at__isnull=True).first()
    if visit is None:
        raise Refused("TQ-3", "没有找到这条到访记录，可能已经撤销。请刷新页面。")
    standing = last_word(pen.site_id, visit.id)
    if standing is None or str(standing.receiver) != pen.by:
        raise Refused("TQ-3", "登记由接待这批客户的人签名，请接待人本人来签。")
    return visit, standing


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


def _customer(pen: Pen, visit: Visit, words: Words, *, first: bool) -> UUID | None:
    """Whose row it is: the visit's customer for the first family, a card of their own for others."""
    name, phone = words.written_name, words.number
    if visit.customer_id and first:
        complete_card(pen=pen, customer_id=visit.customer_id, name=name, phone=phone)
        return visit.customer_id
    if not name and not phone:
        return None
    customer = register_customer(pen=pen, name=name, phone=phone, title=words.title)
    if visit.customer_id is None:
        visit.customer_id, visit.called = customer.id, visit.called or name
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
    hand = RegisterEntry.Hand.DECLINED if words.declined else words.hand
    row = RegisterEntry(visit=visit, customer_id=customer_id, hand=hand, corrects=corrects)
    return sign_row(pen, REGISTER, row, words.kept(), signature, signer=signer)


def enter_paper_row(
    pen: Pen, visit: Visit, customer_id: UUID | None, words: Words, signer: UUID
) -> RegisterEntry:
    """A row that was signed on paper during an outage, entered inside a write."""
    return _write(pen, visit, customer_id, words, Signature("paper"), signer=signer)


def _note(pen: Pen, visit: Visit, customer_id: UUID | None, words: Words) -> None:
    """Needs told at the register are needs told."""
    if words.needs.said_something:
        keep_needs(pen, words.needs, visit=visit, customer_id=customer_id)


def _settle(pen: Pen, visit: Visit) -> None:
    """The reminder of an owed row is done: nothing is owed any more."""
    still = Matter.objects.filter(
        site_id=pen.site_id, subject_id=visit.id, kind=OWED, closed_at__isnull=True
    )
    for matter in still:
        step = MatterStep("done", pen.by, pen.at, note="已补签登记")
        take(pen=pen, matter_id=matter.id, step=step)


def is_registered(site_id: UUID, customer_id: UUID) -> bool:
    """Whether the customer stands in the register."""
    return queries.registered(site_id, family(site_id, customer_id))
