"""投诉: whom it is about, its cause and what is done about it, on one page beside the matter's own (SD-4.2.5)."""

from uuid import UUID

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.http import require_GET, require_POST

from yingbin.pages.doing import perform, person_id, site_id, status, submit
from yingbin.pages.forms import first_error
from yingbin.people.access import badge_of, needs

from ..actions import complaints as actions
from ..forms.complaints import AboutForm, CauseForm, CorrectForm
from ..models import DeskMatter
from ..queries.complaints import ComplaintCard, card_of, may_be_named, may_correct
from ..queries.one import DeskPage, page_of, seen

READERS = ("desk.see", "desk.work", "desk.record")


@needs(*READERS)
@require_GET
def complaint(request: HttpRequest, matter_id: UUID) -> HttpResponse:
    """All that is kept of a complaint beside its steps."""
    return _page(request, matter_id)


@needs(*READERS)
@require_POST
def about(request: HttpRequest, matter_id: UUID) -> HttpResponse:
    """Whom it is about: from now on they have no part in it."""
    _shown(request, matter_id)
    form = AboutForm(request.POST, people=may_be_named(site_id(request), timezone.now()))
    own = str(person_id(request)) in request.POST.getlist("about")
    return submit(
        request,
        form,
        lambda told: actions.complained_of.given(matter_id=matter_id, people=tuple(told["about"])),
        page=lambda: _page(request, matter_id, about=form),
        then=reverse("desk:mine") if own else reverse("desk:complaint", args=[matter_id]),
        said="已记下。您要回避，这件投诉由别的同事来办。"
        if own
        else "已记下，被投诉的同事已经回避。",
    )


@needs("desk.supervise")
@require_POST
def not_about(request: HttpRequest, matter_id: UUID, staff_id: UUID) -> HttpResponse:
    """It wasn't about this person after all."""
    _shown(request, matter_id)
    deed = actions.not_complained_of.given(matter_id=matter_id, who=staff_id)
    here = reverse("desk:complaint", args=[matter_id])
    return perform(request, deed, then=here, said="已取消，这位同事又能看到这件事。", refused=here)


@needs(*READERS)
@require_POST
def cause(request: HttpRequest, matter_id: UUID) -> HttpResponse:
    """Why it came about."""
    _shown(request, matter_id)
    form = CauseForm(request.POST)
    return submit(
        request,
        form,
        lambda told: actions.cause.given(
            matter_id=matter_id, cause=told["cause"], words=told["words"]
        ),
        page=lambda: _page(request, matter_id, cause=form),
        then=reverse("desk:complaint", args=[matter_id]),
        said="原因已记下。",
    )


@needs(*READERS)
@require_POST
def correct(request: HttpRequest, matter_id: UUID) -> HttpResponse:
    """What is done so that it doesn't come again."""
    row, shown = _shown(request, matter_id)
    form = CorrectForm(request.POST, people=may_correct(row, shown.apart, timezone.now()))
    return submit(
        request,
        form,
        lambda told: actions.correct.given(
            matter_id=matter_id, what=told["what"], who=UUID(told["who"]), until=told["until"]
        ),
        page=lambda: _page(request, matter_id, correct=form),
        then=reverse("desk:complaint", args=[matter_id]),
        said="整改已安排，做完以前一直在对方的待办里，过期会提醒。",
    )


def _shown(request: HttpRequest, matter_id: UUID) -> tuple[DeskMatter, DeskPage]:
    """The matter and its page, for somebody whom it isn't about; 404 for one that never was a complaint."""
    site_id(request)
    badge, now = badge_of(request), timezone.now()
    row = seen(badge, matter_id, now)
    if row is None:
        raise Http404
    shown = page_of(badge, row, now)
    if row.matter.kind != "complaint" and not shown.apart:
        raise Http404
    return row, shown


def _page(
    request: HttpRequest,
    matter_id: UUID,
    about: AboutForm | None = None,
    cause: CauseForm | None = None,
    correct: CorrectForm | None = None,
) -> HttpResponse:
    row, shown = _shown(request, matter_id)
    now = timezone.now()
    card: ComplaintCard | None = card_of(badge_of(request), shown, now)
    sent = about or cause or correct
    people = [one for one in may_be_named(row.site_id, now) if one[0] not in shown.apart]
    context = {
        "shown": shown,
        "card": card,
        "about": about or AboutForm(people=people),
        "cause": cause or CauseForm(),
        "correct": correct or CorrectForm(people=may_correct(row, shown.apart, now)),
        "refused": first_error(sent) if sent else "",
    }
    return render(request, "desk/complaint.html", context, status=status(about, cause, correct))
