"""在场, 清点: who is here, a roll call (CV-4.1)."""

from uuid import UUID

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.http import require_GET, require_POST

from yingbin.pages.doing import perform, site_id, submit
from yingbin.people.access import badge_of, needs

from ..actions import gate_verbs as verbs
from ..forms.gate import MarkForm
from ..live import SEES, here_context


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
