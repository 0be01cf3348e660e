"""岗位: a lead's picture of every post, and what a lead does for others (SF-3.2, SF-4.3.7, SC-4.3.9)."""

from functools import partial
from uuid import UUID

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.http import require_GET, require_POST

from yingbin.pages.doing import perform, site_id, status, submit
from yingbin.people.access import may, needs

from ..actions import breaks, presence
from ..forms import ShiftForm, StandInForm
from ..hours import clock_today
from ..live import posts_context
from ..queries.picture import picture
from .here import person_here, said_here


@needs("duty.lead")
@require_GET
def posts(request: HttpRequest) -> HttpResponse:
    """Every post of this place."""
    return page(request)


def page(
    request: HttpRequest, shift: ShiftForm | None = None, stand: StandInForm | None = None
) -> HttpResponse:
    """The page, with a form that was refused."""
    shown = posts_context(site_id(request))
    shown |= {
        "shift_form": shift or ShiftForm().offer(shown["seen"]),
        "plans": may(request, "duty.plan"),
        "stand_form": stand or StandInForm().offer(shown["seen"]),
    }
    return render(request, "duty/posts.html", shown, status=status(shift, stand))


def _here() -> str:
    return reverse("duty:posts")


@needs("duty.lead")
@require_POST
def taken_away(request: HttpRequest, who: UUID) -> HttpResponse:
    """Somebody is gone, or won't come."""
    person_here(request, who)
    return perform(request, presence.taken_away.given(who=who), then=_here(), said=str)


@needs("duty.lead")
@require_POST
def change_shift(request: HttpRequest) -> HttpResponse:
    """改班, from now on."""
    now = timezone.now()
    form = ShiftForm(request.POST).offer(picture(site_id(request), now))
    again = partial(page, request, form)
    return submit(
        request,
        form,
        lambda told: presence.change_shift.given(
            who=told["who"],
            begins=clock_today(now, told["begins"]),
            ends=clock_today(now, told["ends"]),
        ),
        page=again,
        then=_here(),
        said=str,
    )


@needs("duty.lead")
@require_POST
def stand_in(request: HttpRequest) -> HttpResponse:
    """顶岗."""
    now = timezone.now()
    form = StandInForm(request.POST).offer(picture(site_id(request), now))
    again = partial(page, request, None, form)
    return submit(
        request,
        form,
        lambda told: breaks.stand_in.given(
            who=told["who"],
            post=told["post"],
            begins=clock_today(now, told["begins"]),
            ends=clock_today(now, told["ends"]),
        ),
        page=again,
        then=_here(),
        said=str,
    )


@needs("duty.lead")
@require_POST
def cancel_stand_in(request: HttpRequest, stand_in: UUID) -> HttpResponse:
    """不用顶岗了."""
    said_here(request, "stand_in", stand_in)
    deed = breaks.cancel_stand_in.given(stand_in=stand_in)
    return perform(request, deed, then=_here(), said=str)
