"""等待: groups nobody is free for, served by the desk until someone is (SC-4.3.2)."""

from uuid import UUID

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.views.decorators.http import require_GET, require_POST

from yingbin.pages.doing import perform, site_id, status
from yingbin.people.access import may, needs

from .. import live
from ..actions import waiting as actions
from ..forms import folds
from .folds import sent_in, visit_or_404


@needs("arrivals.record", "waiting.serve")
@require_GET
def waiting(request: HttpRequest) -> HttpResponse:
    """The waiting list with what can be done for each group."""
    return page(request)


def page(
    request: HttpRequest, refused_fold: folds.FoldForm | None = None, *, lost: bool = False
) -> HttpResponse:
    """The waiting list."""
    context = {
        **live.waiting_context(site_id(request)),
        "may_supervise": may(request, "turns.supervise"),
        "refused_fold": refused_fold,
        "lost": lost,
    }
    return render(request, "gallery/waiting.html", context, status=status(refused_fold))


def here() -> str:
    """The page's address."""
    return reverse("gallery:waiting")


@needs("arrivals.record", "waiting.serve")
@require_POST
def anyone(request: HttpRequest, visit_id: UUID) -> HttpResponse:
    """A group that waits for one person will take anyone."""
    visit_or_404(request, visit_id)
    return perform(request, actions.anyone_will_do.given(visit_id=visit_id), then=here())


@needs("arrivals.record", "waiting.serve")
@require_POST
def leave(request: HttpRequest, visit_id: UUID) -> HttpResponse:
    """A waiting group goes away; a contact is asked for and becomes a follow-up."""
    visit_or_404(request, visit_id)
    form = folds.GoingForm(request.POST, of=visit_id)
    return sent_in(
        request,
        page,
        form,
        lambda told: actions.leave.given(
            visit_id=visit_id,
            name=told["name"],
            phone=told["phone"],
            no_contact=told["no_contact"],
        ),
        then=here(),
        said="已记录离开。留了联系方式的，跟进已交给当时排在最前的同事。",
    )


@needs("arrivals.record", "waiting.serve")
@require_POST
def describe(request: HttpRequest, visit_id: UUID) -> HttpResponse:
    """What a group is known by and where it sits."""
    visit_or_404(request, visit_id)
    form = folds.LooksForm(request.POST, of=visit_id)
    return sent_in(
        request,
        page,
        form,
        lambda told: actions.describe.given(
            visit_id=visit_id, looks=told["looks"], seat_at=told["seat"]
        ),
        then=here(),
        said="记下了，大家都能认出他们。",
    )


@needs("arrivals.record", "waiting.serve")
@require_POST
def service(request: HttpRequest, visit_id: UUID) -> HttpResponse:
    """Tea or another service for a group."""
    visit_or_404(request, visit_id)
    what = request.POST.get("what", "")[:40]
    return perform(
        request,
        actions.ask_service.given(visit_id=visit_id, what=what),
        then=here(),
        said="已记下，其他接待员会收到；送到后点「送到了」。",
    )


@needs("arrivals.record", "waiting.serve")
@require_POST
def question(request: HttpRequest, visit_id: UUID) -> HttpResponse:
    """A question that can't be answered here is passed on and tracked (SC-4.3.1)."""
    visit_or_404(request, visit_id)
    form = folds.QuestionForm(request.POST, of=visit_id)
    return sent_in(
        request,
        page,
        form,
        lambda told: actions.pass_question_on.given(
            visit_id=visit_id, question=told["question"], to=told["to"]
        ),
        then=here(),
        said="问题已转出，会一直跟到客户得到答复。",
    )
