"""签到码: the code of a place on its screen, with a picture for phones; whether it is asked for; 代到岗 (SF-4.3.7)."""

from datetime import timedelta
from uuid import UUID

import segno
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils import timezone
from django.utils.safestring import SafeString, mark_safe
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_GET, require_POST

from yingbin.pages.doing import perform, site_id
from yingbin.people import site_code
from yingbin.people.access import needs
from yingbin.people.outward import outward
from yingbin.people.policies import set_policy

from ..actions import presence
from ..policies import SIGN_ON
from .here import person_here


@needs("duty.code")
@never_cache
@require_GET
def code(request: HttpRequest) -> HttpResponse:
    """The code of now; the page asks for the next one by itself, also without script."""
    now, site = timezone.now(), site_id(request)
    left, here = site_code.seconds_left(now), site_code.current(site, now)
    shown = {
        "code": here,
        "code_until": now + timedelta(seconds=left),
        "picture": _picture(request, here),
        "asked": SIGN_ON.in_force(site, now).values.code,
    }
    answer = render(request, "duty/code.html", shown)
    answer["Refresh"] = str(left + 1)
    return answer


def _picture(request: HttpRequest, code: str) -> SafeString:
    """What a phone scans: the page 现在 with the code filled in; nothing where other machines can't reach us."""
    base = outward(request)
    if not base:
        return mark_safe("")
    address = f"{base.rstrip('/')}{reverse('duty:now')}?code={code}"
    drawn = segno.make(address, error="m").svg_inline(
        scale=6, border=3, light="#fff", dark="#000", svgclass="qr", lineclass=None
    )
    return mark_safe(drawn)  # an address of ours and six digits: nothing in it is typed by anybody


@needs("duty.plan")
@require_POST
def ask_code(request: HttpRequest) -> HttpResponse:
    """Whether signing on and off asks for it."""
    on = request.POST.get("code") == "yes"
    reason = "到岗、签退要输现场的签到码" if on else "到岗、签退不用签到码"
    deed = set_policy.given(name=SIGN_ON.name, values={"code": on}, reason=reason)
    return perform(request, deed, then=reverse("duty:setup"), said=f"{reason}，现在起算。")


@needs("duty.lead")
@require_POST
def sign_on_other(request: HttpRequest, who: UUID) -> HttpResponse:
    """代到岗: somebody whose phone is empty, or who can't read the code."""
    person_here(request, who)
    deed = presence.sign_on.given(who=who)
    return perform(request, deed, then=reverse("duty:posts"), said=str)
