"""手机提醒: may this browser call me, may groups mention me, and does it really ring?"""

from uuid import UUID

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.views.decorators.http import require_GET, require_POST

from yingbin.journal.write import new_key
from yingbin.pages.doing import perform, person_id, site_id, status, submit
from yingbin.pages.forms import first_error
from yingbin.people.access import SIGNED_IN_BY, needs
from yingbin.people.queries.sessions import device

from . import queries, vapid
from . import ringing as actions
from .forms import DeviceForm, MentionForm, RangForm


def _device(request: HttpRequest) -> str:
    return device(request.headers.get("User-Agent", ""))


def _then() -> str:
    return reverse("notices:ringing")


def ring_context(request: HttpRequest) -> dict[str, object]:
    """What a page needs to offer a trial and to keep this device known after signing in again."""
    me = person_id(request)
    devices = queries.devices_of(me)
    return {
        "devices": devices,
        "here": any(d.session_key == request.session.session_key for d in devices),
        "trial": queries.trial_of(site_id(request), me),
        "ring_key": new_key(),
        "push_key": vapid.public_key(),
        "agent": _device(request),
        "shared": _is_shared(request),
    }


def _is_shared(request: HttpRequest) -> bool:
    return request.session.get(SIGNED_IN_BY) == "pin"


@needs("notices.see")
@require_GET
def ringing(request: HttpRequest) -> HttpResponse:
    """All that lets one's phone ring, and how it went."""
    return _page(request)


def _page(request: HttpRequest, form: MentionForm | None = None) -> HttpResponse:
    agreed = queries.mention_agreed(person_id(request))
    known = {"feishu_id": agreed.feishu_id} if agreed else {}
    context = {
        **ring_context(request),
        "agreed": agreed,
        "form": form or MentionForm(initial=known),
        "groups": queries.groups_mention(site_id(request)),
        "has_phone": bool(getattr(request.user, "phone", "")),
    }
    return render(request, "notices/ringing.html", context, status=status(form))


@needs("notices.see")
@require_POST
def allow(request: HttpRequest) -> HttpResponse:
    """This browser may call me."""
    form = DeviceForm(request.POST)
    if _is_shared(request):
        messages.error(request, "共用平板大家都看得到，不做个人提醒。请在自己的手机上打开。")
        return redirect("notices:ringing")
    if not form.is_valid():
        messages.error(request, "浏览器没有给出可用的提醒地址。请换一个浏览器，或请群机器人@您。")
        return redirect("notices:ringing")
    told = form.cleaned_data
    deed = actions.allow_device.given(
        subscription=actions.Subscription(told["endpoint"], told["p256dh"], told["auth"]),
        session_key=request.session.session_key or "",
        words=_device(request),
    )
    said = "本机可以提醒您了。请点「试一试」，锁屏看看响不响。"
    return perform(request, deed, then=_then(), said=said)


@needs("notices.see")
@require_POST
def remove(request: HttpRequest, device_id: UUID) -> HttpResponse:
    """That device no more."""
    deed = actions.remove_device.given(device_id=device_id)
    return perform(request, deed, then=_then(), said="已移除，那台设备不再提醒您。")


@needs("notices.see")
@require_POST
def mention(request: HttpRequest) -> HttpResponse:
    """Groups may mention me, or no longer."""
    form = MentionForm(request.POST)
    said = {"yes": "轮到您时，群机器人会@您。", "no": "群机器人不再@您。"}
    return submit(
        request,
        form,
        lambda told: actions.choose_mention.given(
            use=told["use"] == "yes", feishu_id=told["feishu_id"]
        ),
        page=lambda: _page(request, form),
        then=_then(),
        said=lambda _: said[form.cleaned_data["use"]],
    )


@needs("notices.see")
@require_POST
def try_it(request: HttpRequest) -> HttpResponse:
    """Calls me."""
    said = "正在呼叫您的手机。请锁屏等几秒，再回来说响没响。"
    return perform(request, actions.try_ring.given(), then=_then(), said=said)


@needs("notices.see")
@require_POST
def answer(request: HttpRequest, trial_id: UUID) -> HttpResponse:
    """It rang, or it didn't."""
    form = RangForm(request.POST)
    if not form.is_valid():
        messages.error(request, first_error(form))
        return redirect("notices:ringing")
    rang = form.cleaned_data["rang"] == "yes"
    said = "记下了：手机会响。" if rang else "记下了：手机没响。经理会看到，轮到您时会当面叫您。"
    deed = actions.answer_ring.given(trial_id=trial_id, rang=rang, words=_device(request))
    return perform(request, deed, then=_then(), said=said)
