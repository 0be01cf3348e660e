"""登记表 and 我的: all matters of an office; what waits for me. A matter is written down by hand."""

from uuid import UUID

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.http import require_GET, require_http_methods

from yingbin.files.forms import taken_with
from yingbin.pages.asked import paged
from yingbin.pages.doing import Told, acting, sent, site_id, status, submit
from yingbin.people.access import badge_of, needs

from ..actions.happen import Record
from ..actions.verbs import record
from ..choices import chosen_at
from ..demo import preparing
from ..forms.record import RecordForm
from ..live import mine_context
from ..queries import lists
from ..queries.estate import place_of
from .one import ANYBODY

A_PAGE = 25


@needs("desk.see")
@require_GET
def index(request: HttpRequest) -> HttpResponse:
    """All matters of this office, the newest first."""
    site, now, which = site_id(request), timezone.now(), request.GET.get("which", "open")
    if which not in lists.WHICH:
        raise Http404
    page = paged(request.GET, lists.of_office(site, which, now), A_PAGE)
    context = {
        "page": page,
        "lines": lists.lines(site, page.object_list, now),
        "which": which,
        "tabs": list(lists.WHICH.items()),
        "query": f"which={which}&",
        "past": preparing(site),
    }
    return render(request, "desk/index.html", context)


@needs(*ANYBODY)
@require_GET
def mine(request: HttpRequest) -> HttpResponse:
    """What waits for me, the next due first."""
    context = {
        **mine_context(badge_of(request), timezone.now()),
        "past": preparing(site_id(request)),
    }
    return render(request, "desk/mine.html", context)


@needs("desk.record")
@require_http_methods(["GET", "POST"])
def new(request: HttpRequest) -> HttpResponse:
    """Whatever comes in, written down by hand (SD-4.1)."""
    site, now = site_id(request), timezone.now()
    subjects = [(one.key, one.title) for one in chosen_at(site, now).subjects]
    form = RecordForm(sent(request), request.FILES or None, subjects=subjects)
    who = acting(request)
    photos = taken_with(who, form) if form.is_bound else ()
    return submit(
        request,
        form,
        lambda told: record.given(told=_record(site, form, told, photos)),
        page=lambda: render(request, "desk/new.html", {"form": form}, status=status(form)),
        then=lambda made: reverse("desk:matter", args=[made.matter]),
        said=lambda made: f"{made.number} 号。{made.because}",
        who=who,
    )


def _record(site: UUID, form: RecordForm, told: Told, photos: tuple[UUID, ...]) -> Record:
    return Record(
        kind=told["kind"],
        place=place_of(site, told["home"]),
        subject=told["subject"],
        source=told["source"],
        title=told["title"],
        detail=told["detail"],
        urgent=form.urgency,
        answer=told["answer"],
        caller=told["caller"],
        photos=photos,
    )
