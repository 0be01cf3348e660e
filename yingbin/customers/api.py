"""Customers over HTTP: found with masked numbers, registered; never a full number."""

from uuid import UUID

from django.http import HttpRequest
from django.utils import timezone
from ninja import Field, Query, Router, Schema, Status

from yingbin.people.bearing import FAULTS, KEY_PARAMETER, Stopped, Text, acting, caller, here

from . import actions, queries

router = Router(tags=["客户"])


class CustomerOut(Schema):
    """A customer as found: masked numbers, the receiver of record."""

    id: UUID
    called: str
    phones: list[str]
    receiver: UUID | None


class FindIn(Schema):
    """What is looked for: the end of a number, a name, its pinyin or initials."""

    q: Text = Field(min_length=1, max_length=40)


class CustomerIn(Schema):
    """A customer to register: at least a name or a number."""

    name: Text = Field("", max_length=40)
    phone: Text = Field("", max_length=30)
    title: str = Field("", pattern="^(mr|ms)?$")


class RegisteredOut(Schema):
    """The card; `known` when it was there already."""

    id: UUID
    number: int
    known: bool


@router.get("/customers", response={200: list[CustomerOut], **FAULTS})
def find(request: HttpRequest, asked: Query[FindIn]) -> list[CustomerOut]:
    """按号码后几位、姓名、拼音或首字母查找，最多 20 位。"""
    who = caller(request, "customers.read")
    return [
        CustomerOut(id=c.id, called=c.called, phones=list(c.phones), receiver=c.receiver_id)
        for c in queries.find(who.site_id, asked.q, limit=20)
    ]


@router.get("/customers/{customer_id}", response={200: CustomerOut, **FAULTS})
def one(request: HttpRequest, customer_id: UUID) -> CustomerOut:
    """一位客户；只有本人的接待人、前台和经理能看。"""
    who = caller(request, "customers.read")
    found = here(queries.card(who.site_id, customer_id))
    if not queries.may_open(who.badge, timezone.now(), who.site_id, found.customer.id):
        raise Stopped(403, "这位客户由别的同事接待，这个密钥不能看。")
    shown = queries.shown_as(who.site_id, [found.customer.id])[found.customer.id]
    receiver = queries.receiver_of_record(who.site_id, found.customer.id)
    phones = [shown.phone] if shown.phone else []
    return CustomerOut(id=shown.id, called=shown.called, phones=phones, receiver=receiver)


@router.post(
    "/customers",
    response={201: RegisteredOut, **FAULTS},
    openapi_extra={"parameters": [KEY_PARAMETER]},
)
def register(request: HttpRequest, told: CustomerIn) -> Status[RegisteredOut]:
    """登记客户；同号同名的已有卡片不重复登记。"""
    who = caller(request, "customers.write")
    done = actions.register(
        acting(request, who), name=told.name, phone=told.phone, title=told.title
    )
    return Status(201, RegisteredOut(id=done.customer, number=done.number, known=done.known))
