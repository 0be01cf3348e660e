"""检查: one item after the other, all at once where all is well, a slip or a repair where it isn't (SF-4.1, SF-4.7)."""

from functools import partial

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.http import require_GET, require_POST

from yingbin.pages.doing import perform, site_id, status, submit
from yingbin.people.access import needs

from ..actions import checks
from ..forms import FailedForm, ReasonForm
from ..queries.picture import picture


@needs("duty.stand")
@require_GET
def check(request: HttpRequest, task: str) -> HttpResponse:
    """One check of today."""
    return page(request, task)


def page(
    request: HttpRequest,
    task: str,
    item: str = "",
    failed: FailedForm | None = None,
    reason: ReasonForm | None = None,
) -> HttpResponse:
    """The check, with a form that was refused open at its item."""
    seen = picture(site_id(request), timezone.now())
    found = seen.task(task)
    if found is None:
        raise Http404
    shown = {"seen": seen, "task": found, "open_item": item, "failed": failed, "reason": reason}
    shown |= {"me": seen.person(str(request.user.pk)), "fresh": FailedForm(), "why": ReasonForm()}
    return render(request, "duty/check.html", shown, status=status(failed, reason))


def _back(task: str) -> str:
    return reverse("duty:check", args=[task])


@needs("duty.stand")
@require_POST
def answer(request: HttpRequest, task: str, item: str) -> HttpResponse:
    """正常, or 不适用 with a reason."""
    if request.POST.get("result") != "na":
        deed = checks.answer.given(task=task, item=item, result="ok")
        return perform(request, deed, then=_back(task))
    form = ReasonForm(request.POST)
    again = partial(page, request, task, item, None, form)
    return submit(
        request,
        form,
        lambda told: checks.answer.given(task=task, item=item, result="na", reason=told["reason"]),
        page=again,
        then=_back(task),
    )


@needs("duty.stand")
@require_POST
def failed(request: HttpRequest, task: str, item: str) -> HttpResponse:
    """不正常: the answer and its slip or repair in one tap."""
    form = FailedForm(request.POST)
    again = partial(page, request, task, item, form)
    return submit(
        request,
        form,
        lambda told: checks.failed.given(
            task=task, item=item, kind=told["kind"], title=told["title"], detail=told["detail"]
        ),
        page=again,
        then=_back(task),
        said=lambda done: f"已记下，第{done.number}号。",
    )


@needs("duty.stand")
@require_POST
def all_well(request: HttpRequest, task: str) -> HttpResponse:
    """其余都正常."""
    return perform(request, checks.answer_all.given(task=task), then=_back(task))


@needs("duty.stand")
@require_POST
def sign(request: HttpRequest, task: str) -> HttpResponse:
    """签字."""
    return perform(request, checks.sign_check.given(task=task), then=_back(task), said=str)
