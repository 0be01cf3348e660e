"""参观台账 and a visit's page: what the rules would accept from whoever looks, one event a form."""

from collections.abc import Mapping
from uuid import UUID

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.http import require_GET, require_POST

from yingbin.journal.action import Deed
from yingbin.pages.asked import paged
from yingbin.pages.doing import Told, site_id, status, submit
from yingbin.pages.forms import first_error
from yingbin.people.access import badge_of, may, needs

from ..actions import verbs
from ..demo import begins_empty, preparing
from ..forms.acts import ASKS, ActForm, areas_named
from ..models import TourVisit
from ..queries import lists
from ..queries.find import ANYBODY, one_seen, seen_by
from ..queries.guests import minors_listed
from ..queries.hosting import HOSTED, SEES, prepares
from ..queries.one import VisitPage, page_of
from .guests import sees_list

A_PAGE = 30


@needs(*ANYBODY)
@require_GET
def index(request: HttpRequest) -> HttpResponse:
    """Visits, those that come next first; all of the house, or those one has to do with."""
    site = site_id(request)
    now, which = timezone.now(), request.GET.get("which", "")
    which = which if which in lists.WHICH else "coming"
    said = request.GET.get("words", "").strip()[:40]
    rows = lists.narrowed(seen_by(badge_of(request), now), which, said, now)
    page = paged(request.GET, rows, A_PAGE)
    context = {
        "page": page,
        "lines": lists.lines(page.object_list),
        "tabs": lists.WHICH.items(),
        "which": which,
        "words": said,
        "query": f"which={which}&words={said}&",
        "past": preparing(site),
        "bare": begins_empty(site),
    }
    return render(request, "tours/index.html", context)


@needs(*ANYBODY)
@require_GET
def visit(request: HttpRequest, visit_id: UUID) -> HttpResponse:
    """How it stands, why, what can be done now, its history."""
    return _page(request, found(request, visit_id))


@needs(*ANYBODY)
@require_POST
def act(request: HttpRequest, visit_id: UUID, event: str) -> HttpResponse:
    """One event; a refusal stays on the page with what was typed, in the words of the rules."""
    row = found(request, visit_id)
    hosted = (
        event == "task" and request.POST.get("task") in HOSTED
    )  # written down on a page of its own
    if hosted or event not in ASKS or (event == "withdraw" and not may_change(request, row)):
        raise Http404
    shown = page_of(badge_of(request), row, timezone.now())
    form = ActForm(event, request.POST, offers=_offers(shown), named=_named(request.POST))

    def deed(told: Told) -> Deed[verbs.Happened]:
        return verbs.happen.given(event=event, visit_id=visit_id, fields=form.facts())

    return submit(
        request,
        form,
        deed,
        page=lambda: _page(request, found(request, visit_id), form),
        then=reverse("tours:visit", args=[visit_id]),
        said=lambda done: done.because,
    )


def found(request: HttpRequest, visit_id: UUID) -> TourVisit:
    """A visit that this person may open; 404 otherwise."""
    site_id(request)
    row = one_seen(badge_of(request), visit_id, timezone.now())
    if row is None:
        raise Http404
    return row


def may_change(request: HttpRequest, row: TourVisit) -> bool:
    """Whether somebody changes or withdraws a visit: reception, or whoever asked for it."""
    return may(request, "tours.reception") or row.applied_by == badge_of(request).staff_id


def _page(request: HttpRequest, row: TourVisit, form: ActForm | None = None) -> HttpResponse:
    shown = page_of(badge_of(request), row, timezone.now())
    forms_ = {one.mark: one for one in _forms(shown)}
    if form is not None:
        forms_[form.mark] = form
    context = {
        "shown": shown,
        "row": row,
        "forms": forms_,
        "bound": form.mark if form else "",
        "refused": first_error(form) if form else "",
        "changes": may_change(request, row) and not shown.ended,
        "minors": minors_listed(row),
        "lists": sees_list(request, row),
        "hands_out": may(request, "tours.reception", "tours.area"),
        "reveals": may(request, "customers.find"),
        "hosts": may(request, *SEES) and prepares(badge_of(request), row, timezone.now()),
        "hosted": HOSTED,
    }
    return render(request, "tours/visit.html", context, status=status(form))


def _named(told: Mapping[str, str]) -> str:
    """Which of several forms of an event it is: of which area, ground, task, answer."""
    parts = (told.get(name, "") for name in ("area", "ground", "task", "answer"))
    return "".join(part[:16] for part in parts if part.isascii())


def _offers(shown: VisitPage) -> dict[str, list[tuple[str, str]]]:
    people = [pair for task in shown.tasks for pair in task.people]
    return {
        "asked_by": list(shown.asked_for),
        "who": list(dict.fromkeys(people)),
        "escort": list(shown.escorts),
        "areas": areas_named(shown.row.open_areas),
    }


def _forms(shown: VisitPage) -> list[ActForm]:
    """Every form the page may need, each by its own ids."""
    offers, made = _offers(shown), []

    def add(event: str, **told: object) -> None:
        named = _named({name: str(value) for name, value in told.items()})
        made.append(ActForm(event, offers=offers, initial=told, named=named))

    for area in shown.areas:
        add("area", area=area.name, answer="refused")
    add("company", answer="approved")
    add("company", answer="refused")
    for ground in shown.grounds:
        add("exception", ground=ground.name)
    for line in shown.tasks:
        own = {**offers, "who": list(line.people)}
        made.append(
            ActForm("task", offers=own, initial={"task": line.job.task}, named=line.job.task)
        )
    add("reclass", to=shown.row.klass)
    add("permit_photo")
    add("issue", areas=list(shown.told.choices("issue")), persons=shown.row.headcount)
    return made
