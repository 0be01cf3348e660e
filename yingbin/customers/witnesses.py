"""What the journal witnesses of customers: cards, names, numbers, receivers of record, consents, merges, looks."""

from collections.abc import Iterator
from functools import partial
from typing import Any
from uuid import UUID

from yingbin.journal.commit import salted
from yingbin.journal.held import (
    UNTOLD,
    Also,
    Facts,
    Found,
    Held,
    Seen,
    Subjects,
    Witnesses,
    at_that_moment,
    differ,
    moment,
    numbered,
    of,
    said,
    told,
)
from yingbin.people.rows import person_behind

from .models import (
    Consent,
    ConsentWording,
    Customer,
    CustomerName,
    CustomerPhone,
    Merge,
    NotSamePerson,
    ReceiverOfRecord,
    Reveal,
)

PAGE = "客户卡片"
# Files of people brought in: a register of before, a list of residents.
IMPORTED = ("register.imported", "estate.imported")
WITHDRAWN = ("register.import_withdrawn", "estate.import_withdrawn")


def of_customers(site_id: UUID) -> Witnesses:
    """The rows of customers, in one place: `YINGBIN_WITNESSES` names this function."""
    return Witnesses(
        held=(
            _cards(),
            _written("客户姓名", CustomerName, "name"),
            _phones(),
            *_facts(),
            *_pairs(),
        ),
        also=(Also("合并后的卡片", lambda: _pointers(site_id), lambda: _merged(site_id)),),
    )


def _cards() -> Held:
    return Held(
        "客户",
        rows=lambda site: Customer.objects.filter(site_id=site).order_by("number"),
        subjects=lambda row: [str(row.id), moment(row.registered_at), moment(row.erased_at)],
        born={"customer.registered": of("customer")},
        stands=dict.fromkeys(IMPORTED, _made_by_import),
        later={"customer.erased": _erased, **dict.fromkeys(WITHDRAWN, _withdrawn)},
        faults=_card,
        place=lambda row: f"{row.number} 号",
        page=PAGE,
    )


def _made_by_import(seen: Seen) -> list[str]:
    return [*seen.body.get("cards", []), *at_that_moment("cards")(seen)]


def _withdrawn(seen: Seen) -> list[str]:
    return [*seen.body.get("cards", []), *at_that_moment("cards")(seen)]


def _erased(seen: Seen) -> list[str]:
    return list(seen.body["customers"])


def _card(row: Customer, seen: list[Seen], facts: Facts) -> Iterator[str]:
    made = next(e for e in seen if e.kind in ("customer.registered", *IMPORTED))
    gone = [e for e in seen if e.kind in ("customer.erased", *WITHDRAWN)]
    yield from differ(
        ("编号", row.number, told(made.body, "number")),
        ("建卡时间", row.registered_at, made.at),
        ("建卡人", row.registered_by, _person(made.actor)),
        ("删除时间", row.erased_at, _latest(gone, row)),
    )


def _latest(gone: list[Seen], row: Customer) -> object:
    """An import's withdrawal of before names no cards: it bears a removal out and asks for none."""
    named = [e for e in gone if e.kind == "customer.erased" or "cards" in e.body]
    if named:
        return named[-1].at
    return UNTOLD if any(e.at == row.erased_at for e in gone) else None


def _person(actor: str) -> str | None:
    who = person_behind(actor)
    return str(who) if who else None


# Names and numbers


def _phones() -> Held:
    return _written("客户电话", CustomerPhone, "e164")


def _written(what: str, model: Any, column: str) -> Held:
    """Rows whose words the journal holds as a commitment; an imported card's stand by the import alone."""
    field = "phone" if column == "e164" else "name"

    def subjects(row: Any) -> list[str]:
        kept = f"{row.customer_id}/{_commitment(getattr(row, column), row.salt)}"
        return [kept, str(row.id), moment(row.added_at)]

    def committed(seen: Seen) -> list[str]:
        return [f"{seen.body['customer']}/{seen.body[field]}"] if field in seen.body else []

    return Held(
        what,
        rows=lambda site: (
            model.objects.filter(site_id=site).exclude(**{column: "", "salt": ""}).order_by("id")
        ),
        subjects=subjects,
        born={"customer.registered": committed, "customer.edited": committed},
        stands=dict.fromkeys(IMPORTED, lambda seen: [moment(seen.at)]),
        later={"customer.edited": of("row")},
        faults=_written_faults,
        forgiven=lambda subject, facts: facts.lawful(subject.partition("/")[0], 0),
        place=lambda row: f"（卡片 {str(row.customer_id)[-6:]}）",
        page=PAGE,
    )


def _commitment(text: str, salt: str) -> str:
    try:
        return salted(text, salt)
    except ValueError:
        return ""


def _written_faults(row: Any, seen: list[Seen], facts: Facts) -> Iterator[str]:
    if facts.lawful(row.customer_id, 0):
        yield "已按客户要求删除过，却又有了"
    added = seen[0]
    yield from differ(
        ("什么时候写的", row.added_at, added.at), ("谁写的", row.added_by, _person(added.actor))
    )
    gone = next((e for e in seen if e.body.get("row") == str(row.id)), None)
    # An import that was taken back takes its cards' names off without naming them.
    if gone is not None or (row.removed_at is not None and added.kind not in IMPORTED):
        yield from differ(("什么时候移除的", row.removed_at, gone.at if gone else None))


# Facts under the number of their entry


def _facts() -> tuple[Held, ...]:
    return (
        Held(
            "客户归属",
            rows=lambda site: ReceiverOfRecord.objects.filter(site_id=site).order_by("seq", "id"),
            subjects=lambda row: [f"{row.seq}/{row.customer_id}", f"all/{row.seq}"],
            born={
                "customer.receiver": lambda seen: [f"{seen.seq}/{seen.body['customer']}"],
                "customers.handed_over": _each("to"),
                "register.imported": _each("receivers"),
                "register.import_withdrawn": _each("back"),
            },
            stands={
                "register.imported": _all_unless("receivers"),
                "register.import_withdrawn": _all_unless("back"),
            },
            faults=_receiver,
            place=lambda row: f"（卡片 {str(row.customer_id)[-6:]}）",
            page=PAGE,
            numbered=True,
        ),
        _numbered("个人信息同意", Consent, "customer.consent", _consent),
        _numbered("告知内容", ConsentWording, "consent.worded", _wording),
    )


def _each(name: str) -> Subjects:
    return lambda seen: [f"{seen.seq}/{c}" for c in seen.body.get(name, [])]


def _all_unless(name: str) -> Subjects:
    return lambda seen: [] if name in seen.body else [f"all/{seen.seq}"]


def _numbered(what: str, model: Any, kind: str, faults: Any) -> Held:
    return numbered(
        what,
        rows=lambda site: model.objects.filter(site_id=site).order_by("seq"),
        kinds=(kind,),
        faults=faults,
        place=lambda row: f"{row.at:%Y-%m-%d}",
        page=PAGE,
    )


def _receiver(row: ReceiverOfRecord, seen: list[Seen], facts: Facts) -> Iterator[str]:
    entry, body = seen[0], seen[0].body
    customer = str(row.customer_id)
    whose: object = UNTOLD
    if entry.kind == "customer.receiver":
        whose = body["receiver"]
    elif entry.kind == "customers.handed_over":
        whose = body["to"][customer]
    elif entry.kind == "register.import_withdrawn":
        whose = None
    elif "receivers" in body:
        whose = body["receivers"][customer]
    yield from differ(
        ("归谁", row.staff_id, whose),
        ("从什么时候起", row.since, entry.at),
        ("谁定的", row.by, _person(entry.actor)),
        ("条款", row.clause, entry.clause or ""),
        ("到访", row.visit_id, told(body, "visit") if entry.kind == "customer.receiver" else None),
    )
    erased = partial(facts.lawful, row.customer_id)
    yield from said(row, seen, {"reason": "原因"}, erased=erased)


def _consent(row: Consent, seen: list[Seen], facts: Facts) -> Iterator[str]:
    entry, body = seen[0], seen[0].body
    yield from differ(
        ("客户", row.customer_id, body["customer"]),
        ("同意还是撤回", row.given, body["given"]),
        ("哪一版告知", row.wording_version, body["wording"]),
        ("方式", row.how, body["how"]),
        ("时间", row.at, entry.at),
        ("谁记的", row.by, _person(entry.actor)),
    )


def _wording(row: ConsentWording, seen: list[Seen], facts: Facts) -> Iterator[str]:
    entry, body = seen[0], seen[0].body
    yield from differ(
        ("版本", row.version, body["version"]),
        ("文字", row.text, body["text"]),
        ("时间", row.at, entry.at),
        ("谁定的", row.by, _person(entry.actor)),
    )


# Merges and looks


def _pairs() -> tuple[Held, ...]:
    return (
        Held(
            "合并",
            rows=lambda site: Merge.objects.filter(site_id=site).order_by("id"),
            subjects=lambda row: [str(row.id)],
            born={"customer.merged": of("merge")},
            later={"customer.merge_undone": of("merge")},
            faults=_merge,
            place=lambda row: f"{row.at:%Y-%m-%d}（卡片 {str(row.source_id)[-6:]}）",
            page=PAGE,
        ),
        Held(
            "不是同一人",
            rows=lambda site: NotSamePerson.objects.filter(site_id=site).order_by("id"),
            subjects=lambda row: [f"{row.first_id}/{row.second_id}"],
            born={"customer.not_same": lambda seen: ["/".join(seen.body["pair"])]},
            faults=lambda row, seen, facts: differ(("时间", row.at, seen[0].at)),
            place=lambda row: f"{row.at:%Y-%m-%d}",
            page=PAGE,
        ),
        Held(
            "查看号码",
            rows=lambda site: Reveal.objects.filter(site_id=site).order_by("id"),
            subjects=lambda row: [str(row.id), moment(row.at)],
            born={"customer.phone_revealed": of("reveal"), "customer.handed_out": _shown},
            stands={"customer.handed_out": at_that_moment("reveals")},
            faults=_look,
            place=lambda row: f"{row.at:%Y-%m-%d}（卡片 {str(row.customer_id)[-6:]}）",
            page="「查看记录」页",
        ),
    )


def _shown(seen: Seen) -> list[str]:
    return list(seen.body.get("reveals", []))


def _merge(row: Merge, seen: list[Seen], facts: Facts) -> Iterator[str]:
    made = seen[0]
    undone = next((e for e in seen if e.kind == "customer.merge_undone"), None)
    yield from differ(
        ("并到哪张卡片", row.into_id, made.body["into"]),
        ("哪张卡片", row.source_id, made.body["source"]),
        ("时间", row.at, made.at),
        ("谁并的", row.by, _person(made.actor)),
        ("第几条", row.seq, made.seq if row.seq is not None else UNTOLD),
        ("撤销时间", row.undone_at, undone.at if undone else None),
        ("谁撤的", row.undone_by, _person(undone.actor) if undone else None),
    )
    yield from said(row, seen, {"why": "依据"}, erased=partial(facts.lawful, row.source_id))


def _look(row: Reveal, seen: list[Seen], facts: Facts) -> Iterator[str]:
    entry, body = seen[0], seen[0].body
    yield from differ(
        ("谁看的", row.by, _person(entry.actor)),
        ("时间", row.at, entry.at),
        ("哪个号码", row.phone_id, told(body, "phone")),
        ("客户", row.customer_id, told(body, "customer")),
    )


def _links(site_id: UUID) -> dict[UUID, UUID]:
    standing = Merge.objects.filter(site_id=site_id, undone_at=None)
    return dict(standing.values_list("source_id", "into_id"))


def _merged(site_id: UUID) -> int:
    return Customer.objects.filter(site_id=site_id, merged_into__isnull=False).count()


def _pointers(site_id: UUID) -> Iterator[Found]:
    """A card points at the end of its chain of standing merges, and only there."""
    links = _links(site_id)
    cards = Customer.objects.filter(site_id=site_id)
    named = cards.filter(merged_into__isnull=False) | cards.filter(id__in=list(links))
    for number, here, end in named.values_list("number", "id", "merged_into_id"):
        steps, met = here, {here}
        while steps in links and links[steps] not in met:
            steps = links[steps]
            met.add(steps)
        if end != (steps if steps != here else None):
            yield Found(f"客户 {number} 号", "显示在哪张卡片下，和合并的记录不一样", None, PAGE)
