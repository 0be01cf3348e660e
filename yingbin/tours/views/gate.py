"""门岗: choosing a gate, the page at it, each scan and admission; as a form, or for the page's script as JSON (CV-4.1)."""

from dataclasses import asdict
from uuid import UUID, uuid4

from django.http import Http404, HttpRequest, HttpResponse, JsonResponse
from django.shortcuts import redirect, render
from django.template.loader import render_to_string
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from yingbin.journal.action import Deed
from yingbin.pages.doing import acting, perform, sent, site_id, status, submit
from yingbin.pages.forms import first_error
from yingbin.people.access import may, needs
from yingbin.rules.decision import Refused

from ..actions import gate_verbs, gates
from ..actions.gate_verbs import Through
from ..actions.merging import MOST
from ..demo import preparing
from ..forms.gate import AdmitForm, FindForm, ThroughForm
from ..gate_answer import Answer
from ..models import GateDevice
from ..queries import gates as ask
from ..queries.gate_pages import answer_at, areas_said, clashes_open, passes_found
from ..reading import presented
from .gate_phone import AT_GATE, devices_shown, elsewhere, phone_of, remember, standing


@needs(*AT_GATE)
@require_GET
def choose(request: HttpRequest) -> HttpResponse:
    """Which gate one stands at; straight to it where there is but one."""
    past, devices = preparing(site_id(request)), devices_shown(request)
    if len(devices) == 1 and not past:
        return redirect("tours:gate", devices[0][0].id)
    shown = [(one, areas_said(one.gate.areas), how.value) for one, how in devices]
    return render(
        request,
        "tours/gate_choose.html",
        {"devices": shown, "settles": may(request, "tours.settle"), "past": past},
    )


@needs(*AT_GATE)
@require_GET
def gate(request: HttpRequest, device_id: UUID) -> HttpResponse:
    """The page at a gate, on the phone that is this device; with `event` the answer of that scan."""
    found = device(request, device_id)
    # A phone that takes the gate while a demo's past is played would keep its guests out.
    if preparing(site_id(request)):
        return redirect("tours:gates")
    how = standing(request, found)
    answer = _page(request, found) if how.may_scan else elsewhere(request, found, how)
    remember(answer, phone_of(request) or uuid4())
    return answer


@needs(*AT_GATE)
@require_GET
def shell(request: HttpRequest, device_id: UUID) -> HttpResponse:
    """The same page without anybody's data: what a device keeps for when its line is gone."""
    found = device(request, device_id)
    context = {"device": found, "shell": True, "form": ThroughForm(), "load": MOST}
    return HttpResponse(render_to_string("tours/gate_shell.html", context))


@needs(*AT_GATE)
@require_POST
def scan(request: HttpRequest, device_id: UUID) -> HttpResponse:
    """Somebody shows a pass."""
    form = ThroughForm(request.POST)
    return _through(request, device(request, device_id), form)


@needs("gate.supervise")
@require_POST
def admit(request: HttpRequest, device_id: UUID) -> HttpResponse:
    """A supervisor lets them in with a reason."""
    return _through(request, device(request, device_id), AdmitForm(request.POST))


@needs(*AT_GATE)
@require_http_methods(["GET", "POST"])
def find(request: HttpRequest, device_id: UUID) -> HttpResponse:
    """Passes of today by name, phone or plate; what was typed stays out of addresses and logs."""
    found, form = device(request, device_id), FindForm(sent(request))
    lines = []
    if form.is_valid():
        lines = passes_found(found.site_id, form.cleaned_data["words"], timezone.now())
    context = {**_shown(request, found), "find": form, "lines": lines, "asked": form.is_valid()}
    return render(request, "tours/gate_find.html", context)


@needs(*AT_GATE)
@require_POST
def another(request: HttpRequest, gate_id: UUID) -> HttpResponse:
    """This phone or tablet becomes a device of its own at the gate."""
    return perform(
        request,
        gates.add_device.given(gate_id=gate_id),
        then=lambda made: reverse("tours:gate", args=[made]),
        said="这台设备登记好了：断线时它自己判断，恢复后自己交上来。",
        refused=reverse("tours:gates"),
    )


def device(request: HttpRequest, device_id: UUID) -> GateDevice:
    """A device of an open gate of this place; 404 otherwise."""
    found = ask.device_of(site_id(request), device_id)
    if found is None:
        raise Http404
    return found


def _shown(request: HttpRequest, found: GateDevice) -> dict[str, object]:
    return {
        "device": found,
        "areas": areas_said(found.gate.areas),
        "supervises": may(request, "gate.supervise"),
        "clashes": clashes_open(found.site_id),
        "load": MOST,
    }


def _page(request: HttpRequest, found: GateDevice, form: ThroughForm | None = None) -> HttpResponse:
    answer = answer_at(found.id, request.GET.get("event", ""))
    way = request.GET.get("way", "in")
    fresh = ThroughForm(initial={"way": way if way in ("in", "out") else "in"})
    refused = isinstance(form, AdmitForm)
    context = {
        **_shown(request, found),
        "answer": answer,
        "form": fresh if form is None or refused else form,
        "admitting": form if refused else AdmitForm(initial={"code": answer and answer.number}),
        "offered": refused or _admissible(answer),
        "find": FindForm(),
        "refused": first_error(form) if form else "",
    }
    return render(request, "tours/gate.html", context, status=status(form))


def _admissible(answer: Answer | None) -> bool:
    """Whether a supervisor could let them in: a pass of ours that was refused on its way in."""
    return bool(answer and not answer.allowed and answer.inward and answer.number)


def _through(request: HttpRequest, found: GateDevice, form: ThroughForm) -> HttpResponse:
    wants_json = request.headers.get("Accept", "").startswith("application/json")
    if not form.is_valid():
        words = first_error(form)
        return (
            JsonResponse({"refused": words}, status=422)
            if wants_json
            else _page(request, found, form)
        )
    deed = _deed(found, form, phone_of(request))
    if wants_json:
        try:
            return JsonResponse(asdict(deed(acting(request))))
        except Refused as no:
            return JsonResponse({"refused": no.message}, status=422)
    way, page = form.cleaned_data["way"], reverse("tours:gate", args=[found.id])
    return submit(
        request, form, lambda _: deed, page=lambda: _page(request, found, form),
        then=lambda answer: f"{page}?event={answer.event}&way={way}",
    )  # fmt: skip


def _deed(found: GateDevice, form: ThroughForm, phone: UUID | None) -> Deed[Answer]:
    told = form.cleaned_data
    shown = presented(found.site_id, told["code"], timezone.now())
    through = Through(
        found.id, shown.number, shown.revision, told["way"] == "in", told["count"] or 1, told["device_at"],
        told["other_escort"], shown.typed, shown.fault, shown.mark, told["nonce"] or told["key"], phone,
    )  # fmt: skip
    if isinstance(form, AdmitForm):
        return gate_verbs.admit.given(told=through, reason=told["reason"])
    return gate_verbs.scan.given(told=through)
