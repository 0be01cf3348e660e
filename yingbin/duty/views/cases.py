"""扰乱秩序、突发事件: one tap by type, the chain alerted at once, times logged (SF-4.5, SF-4.6, SC-4.5, SC-4.6)."""

from functools import partial

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.http import require_http_methods, require_POST

from yingbin.journal.action import Deed
from yingbin.pages.doing import perform, sent, site_id, status, submit
from yingbin.people.access import may, needs

from ..actions import cases
from ..actions.cases import CaseOpened
from ..actions.happen import Said
from ..forms import CaseForm
from ..queries.picture import picture
from ..queries.procedures import procedures
from ..queries.roster import watched


@needs("duty.stand")
@require_http_methods(["GET", "POST"])
def new(request: HttpRequest) -> HttpResponse:
    """What happened, and where."""
    seen, posts = picture(site_id(request), timezone.now()), watched(site_id(request))
    me = seen.person(str(request.user.pk))
    first = str(posts[0].post_id) if posts else ""
    here = me.at_id if me and me.at_id else first
    form = CaseForm(sent(request), initial={"post": here}).offer(posts)

    def page() -> HttpResponse:
        types = [p.type for p in procedures(site_id(request))]
        shown = {
            "form": form,
            "types": types,
            "posts": posts,
            "open": any(post.is_open for post in seen.posts),
            "leads": may(request, "duty.lead"),
        }
        return render(request, "duty/case_new.html", shown, status=status(form))

    kind = request.POST.get("type", "")
    return submit(
        request,
        form,
        lambda told: cases.open_case.given(
            kind="emergency" if kind else "disruption", post=told["post"], type=kind[:20]
        ),
        page=page,
        then=lambda opened: reverse("duty:incident", args=[opened.case]),
        said=partial(_said, bool(kind)),
    )


def _said(emergency: bool, opened: CaseOpened) -> str:
    if opened.outside or emergency:
        return "已通知领班、项目负责人和安全员。"
    return "已记下。劝不住就点“上报”。"


def _step(request: HttpRequest, deed: Deed[Said]) -> HttpResponse:
    return perform(request, deed, then=reverse("duty:now"), said=str)


@needs("duty.stand")
@require_POST
def farewell(request: HttpRequest) -> HttpResponse:
    """送客 (SC-4.3.7)."""
    return _step(request, cases.farewell.given())


@needs("duty.stand")
@require_POST
def ready(request: HttpRequest) -> HttpResponse:
    """收拾好了，已归位."""
    return _step(request, cases.ready.given())
