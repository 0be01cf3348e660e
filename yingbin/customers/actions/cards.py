"""Registering a customer and keeping the card: names, phones, how they are addressed."""

from dataclasses import dataclass
from uuid import UUID

from django.db.models import QuerySet

from yingbin.journal.action import action
from yingbin.journal.commit import new_salt, salted
from yingbin.journal.trips import Statement, insert
from yingbin.journal.write import Pen
from yingbin.people.rows import actor, next_number
from yingbin.rules.decision import Refused

from .. import queries, terms
from ..models import TERMS_VERSION, Customer, CustomerName, CustomerPhone, Title
from ..numbers import e164_of
from .desk import card


def register_customer(
    *, pen: Pen, name: str = "", phone: str = "", title: str = "", note: str = ""
) -> Customer:
    """The customer with this name and phone: the one known already, or a new card (inside a write).

    Known: the same phone, and the same name, a part of it (张 and 张伟) or none given (TQ-8: no new
    registration). Two people of one family may share a phone. Raises `Refused` with what is wrong
    with the number, or when neither name nor phone is given.
    """
    name, number = _name(name), e164_of(phone) if phone.strip() else ""
    if not name and not number:
        raise Refused(None, "请至少填写姓名或电话。")
    known = queries.known_as(pen.site_id, name, number) if number else None
    if known is not None:
        note_seen(pen=pen, customer_id=known.id)
        return known
    return _new_card(pen, next_number(Customer, pen.site_id), name, number, title, note)


def welcome_customer(
    *, pen: Pen, found: queries.AtTheDesk, name: str = "", phone: str = "", title: str = ""
) -> UUID:
    """Whoever stands at the desk (inside a write): the card found for them, or a new one.

    `found` is what `queries.at_the_desk` answered under the lock. Raises `Refused` with what is
    wrong with the number.
    """
    if found.customer_id is not None:
        note_seen(pen=pen, customer_id=found.customer_id)
        return found.customer_id
    name, number = _name(name), e164_of(phone)
    return _new_card(pen, found.next_number, name, number, title).id


def _new_card(pen: Pen, number: int, name: str, phone: str, title: str, note: str = "") -> Customer:
    customer = Customer(
        site_id=pen.site_id,
        number=number,
        title=title if title in Title.values else "",
        note=note.strip()[:500],
        registered_at=pen.at,
        registered_by=actor(pen),
        last_seen_at=pen.at,
        terms=terms.of_names(pen.site_id, [name]),
    )
    pen.do(insert(customer))
    body: dict[str, str | int] = {"customer": str(customer.id), "number": customer.number}
    if name:
        body["name"] = _write_name(pen, customer, name, primary=True)
    if phone:
        body["phone"] = _write_phone(pen, customer, phone, primary=True)
    pen.append("customer.registered", body, clause="TQ-3")
    return customer


@dataclass(frozen=True)
class Registration:
    """A customer's card and its number; `known` when it was there already."""

    customer: UUID
    number: int
    known: bool


@action("customers.register")
def register(
    pen: Pen, *, name: str = "", phone: str = "", title: str = "", note: str = ""
) -> Registration:
    """Registers a customer, as `register_customer` says."""
    top = next_number(Customer, pen.site_id)
    customer = register_customer(pen=pen, name=name, phone=phone, title=title, note=note)
    return Registration(customer.id, customer.number, known=customer.number < top)


def complete_card(
    *, pen: Pen, customer_id: UUID, name: str = "", phone: str = "", first: bool = False
) -> Customer:
    """Adds a name or a phone the card doesn't have yet (inside a write).

    first: they are shown first from now on, as after a correction. phone: in any usual notation.
    """
    customer = card(pen, customer_id)
    body = {"customer": str(customer.id), "what": "completed"}
    name, number = _name(name), e164_of(phone) if phone.strip() else ""
    if name and (first or not _live_names(customer).filter(name=name).exists()):
        bare = first or not _live_names(customer).exists()
        said = _make_primary_name(pen, customer, name) if bare else _also(pen, customer, name)
        body |= {"name": said} if said else {}
    if number and not queries.phones_on(customer).filter(e164=number).exists():
        if first:
            _live_phones(customer).filter(primary=True).update(primary=False)
        bare = not _live_phones(customer).filter(primary=True).exists()
        body["phone"] = _write_phone(pen, customer, number, primary=bare)
    if len(body) > 2:
        pen.append("customer.edited", body)
    return customer


def _also(pen: Pen, customer: Customer, name: str) -> str:
    commitment = _write_name(pen, customer, name, primary=False)
    _refresh_terms(customer)
    return commitment


def note_seen(*, pen: Pen, customer_id: UUID) -> None:
    """The customer is here now (inside a write): the search box shows recent ones first."""
    sql = (
        "update customers_customer set last_seen_at = %s"
        " where site_id = %s and id = %s and last_seen_at < %s"
    )
    pen.do(Statement(sql, (pen.at, pen.site_id, customer_id, pen.at)))


@action("customers.edit")
def edit(pen: Pen, *, customer_id: UUID, name: str, title: str = "", note: str = "") -> None:
    """Changes how the customer is called and addressed; a former name stays findable."""
    customer = card(pen, customer_id)
    customer.title = title if title in Title.values else ""
    customer.note = note.strip()[:500]
    customer.save(update_fields=["title", "note"])
    first = _make_primary_name(pen, customer, _name(name)) if _name(name) else ""
    _say_edited(pen, customer, "card", **({"name": first} if first else {}))


@action("customers.add_name")
def add_name(pen: Pen, *, customer_id: UUID, name: str) -> None:
    """Adds another name the customer goes by."""
    customer = card(pen, customer_id)
    if not _name(name):
        raise Refused(None, "请填写姓名。", about="name")
    if _live_names(customer).filter(name=_name(name)).exists():
        raise Refused(None, "这个姓名已经在卡片上了，不用再加。", about="name")
    first = not _live_names(customer).exists()
    commitment = _write_name(pen, customer, _name(name), primary=first)
    _refresh_terms(customer)
    _say_edited(pen, customer, "name added", name=commitment)


@action("customers.remove_name")
def remove_name(pen: Pen, *, customer_id: UUID, name_id: UUID) -> None:
    """Takes a name off the card; not the one shown first."""
    customer = card(pen, customer_id)
    row = queries.names_on(customer).filter(id=name_id).first()
    if row is None:
        raise Refused(None, "这个姓名已经不在卡片上，请刷新看看。")
    if row.primary and row.customer_id == customer.id:
        raise Refused(None, "这是卡片上的主要姓名，请先改成别的姓名，再移除。")
    row.removed_at = pen.at
    row.save(update_fields=["removed_at"])
    _refresh_terms(row.customer)
    _say_edited(pen, customer, "name removed", row=str(row.id))


@action("customers.add_phone")
def add_phone(pen: Pen, *, customer_id: UUID, phone: str) -> None:
    """Adds a phone in any usual notation; `Refused` says what is wrong with it."""
    customer, number = card(pen, customer_id), e164_of(phone)
    if queries.phones_on(customer).filter(e164=number).exists():
        raise Refused(None, "这个号码已经在卡片上了，不用再加。", about="phone")
    first = not _live_phones(customer).exists()
    commitment = _write_phone(pen, customer, number, primary=first)
    _say_edited(pen, customer, "phone added", phone=commitment)


@action("customers.remove_phone")
def remove_phone(pen: Pen, *, customer_id: UUID, phone_id: UUID) -> None:
    """Takes a phone off the card; if it was the first one, the next takes its place."""
    customer = card(pen, customer_id)
    row = queries.phones_on(customer).filter(id=phone_id).first()
    if row is None:
        raise Refused(None, "这个号码已经不在卡片上了，请刷新页面。")
    row.removed_at = pen.at
    row.save(update_fields=["removed_at"])
    _promote_phone(row)
    _say_edited(pen, customer, "phone removed", row=str(row.id))


def _say_edited(pen: Pen, customer: Customer, what: str, **more: str) -> None:
    pen.append("customer.edited", {"customer": str(customer.id), "what": what, **more})


def _promote_phone(gone: CustomerPhone) -> None:
    following = _live_phones(gone.customer).order_by("id").first()
    if gone.primary and following is not None:
        following.primary = True
        following.save(update_fields=["primary"])


def _name(text: str) -> str:
    name = " ".join(text.split())
    if len(name) > 40:
        raise Refused(None, "姓名最多 40 个字，其余请写在备注里。", about="name")
    return name


def _live_names(customer: Customer) -> QuerySet[CustomerName]:
    return CustomerName.objects.filter(customer=customer, removed_at__isnull=True)


def _live_phones(customer: Customer) -> QuerySet[CustomerPhone]:
    return CustomerPhone.objects.filter(customer=customer, removed_at__isnull=True)


def _make_primary_name(pen: Pen, customer: Customer, name: str) -> str:
    """Puts this name first; the commitment to it where it is new, else ""."""
    if _live_names(customer).filter(name=name, primary=True).exists():
        return ""
    _live_names(customer).filter(primary=True).update(primary=False)
    commitment = ""
    if not _live_names(customer).filter(name=name).update(primary=True):
        commitment = _write_name(pen, customer, name, primary=True)
    _refresh_terms(customer)
    return commitment


def _write_name(pen: Pen, customer: Customer, name: str, *, primary: bool) -> str:
    salt = new_salt()
    row = CustomerName(
        site_id=pen.site_id,
        customer_id=customer.id,
        name=name,
        primary=primary,
        salt=salt,
        added_at=pen.at,
        added_by=actor(pen),
    )
    pen.do(insert(row))
    return salted(name, salt)


def _write_phone(pen: Pen, customer: Customer, number: str, *, primary: bool) -> str:
    salt = new_salt()
    row = CustomerPhone(
        site_id=pen.site_id,
        customer_id=customer.id,
        e164=number,
        primary=primary,
        salt=salt,
        added_at=pen.at,
        added_by=actor(pen),
    )
    pen.do(insert(row))
    return salted(number, salt)


def _refresh_terms(customer: Customer) -> None:
    names = _live_names(customer).values_list("name", flat=True)
    customer.terms = terms.of_names(customer.site_id, names)
    customer.terms_version = TERMS_VERSION
    customer.save(update_fields=["terms", "terms_version"])
