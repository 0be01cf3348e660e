"""What a device at a gate asks and brings by itself: the list for when its line goes, and what it kept meanwhile."""

import json
from datetime import UTC, datetime
from uuid import UUID, uuid4

from django.http import HttpRequest, HttpResponse, JsonResponse
from django.middleware.csrf import get_token
from django.utils import timezone
from django.views.decorators.http import require_POST
from pydantic import BaseModel, Field, TypeAdapter, ValidationError

from yingbin.pages.doing import acting, site_id
from yingbin.people.access import may, needs
from yingbin.rules.decision import Refused

from ..actions.gate_verbs import Through
from ..actions.merging import MOST, Kept, Queue, merge
from ..actions.phones import heard, open_on
from ..queries.gate_list import gate_list
from ..reading import presented
from .gate import device
from .gate_phone import AT_GATE, phone_of, remember


class Brought(BaseModel):
    """A scan that a device kept; times are milliseconds of its clock."""

    code: str = Field(max_length=400)
    way: str = Field(pattern="^(in|out)$")
    count: int = Field(ge=1, le=1000)
    at: int = Field(ge=0, le=10**14)
    nonce: str = Field(min_length=8, max_length=40)
    let_in: bool
    other_escort: bool = False
    reason: str = Field(default="", max_length=100)


class Load(BaseModel):
    """What a device brings. listed_at: the time of its list, ours; sent_at: its clock."""

    listed_at: int = Field(ge=0, le=10**14)
    sent_at: int = Field(ge=0, le=10**14)
    scans: list[Brought] = Field(max_length=MOST)


_LOAD = TypeAdapter(Load)


@needs(*AT_GATE)
@require_POST
def taken_along(request: HttpRequest, device_id: UUID) -> HttpResponse:
    """The list of now; the device says how many scans it still holds. 409 on another phone than the one it is."""
    found, at, phone = device(request, device_id), timezone.now(), phone_of(request) or uuid4()
    waiting = request.POST.get("waiting", "0")
    if found.phone != phone:
        try:
            open_on(acting(request), device_id=found.id, phone=phone)
        except Refused as no:
            return JsonResponse({"refused": no.message}, status=409)
    heard(found, phone, at, int(waiting) if waiting.isdigit() else 0)
    told = gate_list(found, at, supervises=may(request, "gate.supervise"))
    answer = JsonResponse({**told, "csrf": get_token(request)})
    answer["Cache-Control"] = "no-store"
    remember(answer, phone)
    return answer


@needs(*AT_GATE)
@require_POST
def bring(request: HttpRequest, device_id: UUID) -> HttpResponse:
    """Takes in what it kept, each scan once; the same load again does nothing."""
    found = device(request, device_id)
    try:
        told = _LOAD.validate_python(json.loads(request.body))
    except (ValueError, ValidationError):
        return JsonResponse({"refused": "交来的记录读不懂，请截图联系管理员。"}, status=422)
    queue = Queue(
        found.id, _moment(told.listed_at), _moment(told.sent_at),
        tuple(_kept(site_id(request), found.id, one) for one in told.scans),
    )  # fmt: skip
    try:
        done = merge(acting(request), told=queue)
    except Refused as no:
        return JsonResponse({"refused": no.message}, status=422)
    return JsonResponse({"merged": done.merged, "repeated": done.repeated, "clashes": done.clashes})


def _kept(site: UUID, device_id: UUID, one: Brought) -> Kept:
    at = _moment(one.at)
    shown = presented(site, one.code, at)
    through = Through(
        device_id, shown.number, shown.revision, one.way == "in", one.count, at, one.other_escort,
        shown.typed, shown.fault, shown.mark, one.nonce,
    )  # fmt: skip
    return Kept(through, one.let_in, one.reason.strip() if one.way == "in" else "")


def _moment(milliseconds: int) -> datetime:
    return datetime.fromtimestamp(milliseconds / 1000, UTC)
