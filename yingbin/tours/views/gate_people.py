"""在场, 清点, 日终: who is here, a roll call, every pass accounted for (CV-4.1)."""

from uuid import UUID

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.http import require_GET, require_POST

from yingbin.pages.doing import came_from, perform, site_id, submit
from yingbin.people.access import badge_of, may, needs

from ..actions import gate_verbs as verbs
from ..forms.gate import MarkForm, ReasonForm
from ..live import SEES, here_context
from ..queries.gate_pages import evening as evening_of


@needs(*SEES)
@require_GET
def here(request: HttpRequest) -> HttpResponse:
    """Who is on site now, and the roll call."""
    return _here(request)


def _here(request: HttpRequest) -> HttpResponse:
    context = here_context(site_id(request), timezone.now(), badge_of(request).permissions)
    return render(request, "tours/gate_here.html", dict(context))


@needs("gate.scan", "gate.supervise")
@require_POST
def start(request: HttpRequest) -> HttpResponse:
    """A roll call begins, a drill with `drill`."""
    return perform(
        request,
        verbs.start_roll.given(drill="drill" in request.POST),
        then=reverse("tours:here"),
        said=lambda many: f"开始清点：应有 {many} 人。清点期间不放人进来。",
    )


@needs("gate.scan", "gate.supervise")
@require_POST
def mark(request: HttpRequest, visit_id: UUID) -> HttpResponse:
    """So many of a visit were found."""
    form = MarkForm(request.POST)
    return submit(
        request,
        form,
        lambda told: verbs.mark_roll.given(visit_id=visit_id, safe=told["safe"]),
        page=lambda: _here(request),
        then=reverse("tours:here"),
        said=lambda missing: (
            f"记下了，还差 {missing} 人。" if missing else "记下了，这一批都找到了。"
        ),
    )


@needs("gate.scan", "gate.supervise")
@require_POST
def end(request: HttpRequest) -> HttpResponse:
    """The roll call is over."""
    return perform(
        request,
        verbs.end_roll.given(),
        then=reverse("tours:here"),
        said=lambda missing: _ended(request, missing),
    )


def _ended(request: HttpRequest, missing: int) -> str:
    """That somebody is missing is no good news."""
    if not missing:
        return "清点结束，人都找到了。"
    messages.warning(request, f"清点结束，还有 {missing} 人没有找到。")
    return ""


@needs(*SEES)
@require_GET
def evening(request: HttpRequest) -> HttpResponse:
    """What is out still, and how each visit balances."""
    return _evening(request)


def _evening(request: HttpRequest, form: ReasonForm | None = None) -> HttpResponse:
    context = {
        "evening": evening_of(site_id(request), timezone.now()),
        "takes": may(request, *SEES),
        "signs": may(request, "gate.supervise"),
        "revokes": may(request, "gate.supervise", "tours.reception"),
        "form": form or ReasonForm(),
        "now": timezone.now(),
    }
    return render(request, "tours/gate_evening.html", context)


@needs("gate.supervise")
@require_POST
def sign(request: HttpRequest) -> HttpResponse:
    """The evening's reconciliation is written down."""
    return perform(
        request,
        verbs.end_day.given(),
        then=reverse("tours:evening"),
        said=lambda out: (
            f"对账记下了：还有 {out} 张没有交还，请追回。" if out else "对账记下了，证都交还了。"
        ),
    )


@needs(*SEES)
@require_POST
def give_back(request: HttpRequest, number: int) -> HttpResponse:
    """A pass was given back."""
    then = came_from(request, reverse("tours:evening"))
    return perform(
        request, verbs.take_back.given(number=number), then=then, said=f"{number} 号证收回了。"
    )


@needs("gate.supervise", "tours.reception")
@require_POST
def lose(request: HttpRequest, number: int) -> HttpResponse:
    """A pass is lost."""
    then = came_from(request, reverse("tours:evening"))
    said = f"{number} 号证挂失了，谁拿着它都进不来。"
    return perform(request, verbs.lose.given(number=number), then=then, said=said)


@needs("gate.supervise", "tours.reception")
@require_POST
def change(request: HttpRequest, number: int, event: str) -> HttpResponse:
    """A pass is revoked, or issued anew, with a reason."""
    form = ReasonForm(request.POST)
    deeds = {"revoke": verbs.revoke, "reissue": verbs.reissue}
    words = {
        "revoke": f"{number} 号证作废了。",
        "reissue": f"{number} 号证换发了新的一版，纸的请重印。",
    }
    verb = deeds["reissue" if event == "reissue" else "revoke"]
    return submit(
        request,
        form,
        lambda told: verb.given(number=number, reason=told["reason"]),  # type: ignore[attr-defined]
        page=lambda: _evening(request, form),
        then=reverse("tours:evening"),
        said=words["reissue" if event == "reissue" else "revoke"],
    )
