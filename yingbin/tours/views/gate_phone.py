"""Which phone this is; a gate's device taken over by it, and let go (CV-4.1)."""

from uuid import UUID, uuid4

from django.conf import settings
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.http import require_POST

from yingbin.pages.doing import perform, site_id
from yingbin.people.access import may, needs
from yingbin.people.queries import names_of

from .. import gatehouse
from ..actions import phones as acts
from ..actions.merging import MOST
from ..models import GateDevice
from ..phones import Stands, stands
from ..queries import gates as ask

AT_GATE = ("gate.scan", "gate.supervise")
_COOKIE, _YEAR = "gate_phone", 365 * 24 * 3600


def phone_of(request: HttpRequest) -> UUID | None:
    """The browser's own name, drawn when it first opened a gate: it opens nothing by itself."""
    try:
        return UUID(request.COOKIES.get(_COOKIE, ""))
    except ValueError:
        return None


def remember(answer: HttpResponse, phone: UUID) -> None:
    """The browser keeps its name, a year from its last visit."""
    answer.set_cookie(
        _COOKIE, str(phone), max_age=_YEAR, httponly=True, samesite="Lax", secure=settings.SESSION_COOKIE_SECURE
    )  # fmt: skip


def standing(request: HttpRequest, device: GateDevice) -> Stands:
    """How this browser stands to the device."""
    at = timezone.now()
    policy = gatehouse.POLICY.in_force(device.site_id, at).values
    return stands(device, phone_of(request), at, policy)


def elsewhere(request: HttpRequest, device: GateDevice, how: Stands) -> HttpResponse:
    """The page where a gate's own would be, on any other phone than the one that is the device."""
    held_by = names_of({device.held_by}).get(str(device.held_by), "") if device.held_by else ""
    context = {
        "device": device,
        "held_by": held_by,
        "silent": how is Stands.SILENT,
        "supervises": may(request, "gate.supervise"),
        "load": MOST,
    }
    return render(request, "tours/gate_elsewhere.html", context)


@needs(*AT_GATE)
@require_POST
def take(request: HttpRequest, device_id: UUID) -> HttpResponse:
    """This phone is the device from now on."""
    phone, page = phone_of(request) or uuid4(), reverse("tours:gate", args=[device_id])
    answer = perform(
        request, acts.take_over.given(device_id=device_id, phone=phone), then=page, said=_said, refused=page
    )  # fmt: skip
    remember(answer, phone)
    return answer


def _said(waiting: int) -> str:
    words = "改在这部手机上用了。"
    return words + (f"原来那部还有 {waiting} 条没交，它连上网会自己交。" if waiting else "")


@needs(*AT_GATE)
@require_POST
def let_go(request: HttpRequest, device_id: UUID) -> HttpResponse:
    """The guard goes home: the next one opens the device on another phone."""
    return perform(
        request,
        acts.let_go.given(device_id=device_id, phone=phone_of(request) or uuid4()),
        then=reverse("tours:gates"),
        said="交班了：这部手机不再放行，下一位打开就能用。",
        refused=reverse("tours:gate", args=[device_id]),
    )


def devices_shown(request: HttpRequest) -> list[tuple[GateDevice, Stands]]:
    """Every device at an open gate, and how this browser stands to it."""
    site, at, phone = site_id(request), timezone.now(), phone_of(request)
    policy = gatehouse.POLICY.in_force(site, at).values
    return [(one, stands(one, phone, at, policy)) for one in ask.devices_open(site)]
