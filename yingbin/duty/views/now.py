"""现在: the receptionist's phone: what is due, my break, my lines, the big button; one thing at a time (SF-3.3, SC-3.3)."""

from functools import partial
from uuid import UUID

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.http import require_GET, require_POST

from yingbin.pages.asked import uid
from yingbin.pages.doing import acting, perform, person_id, site_id, status, submit, tried
from yingbin.people.access import may, needs

from ..actions import breaks, presence
from ..actions.breaks import Asked
from ..actions.on_site import on_site
from ..demo import begins_empty, preparing
from ..forms import BreakForm, SignOffForm
from ..forms.visits import GuestsInForm, coming_in
from ..hours import clock_today
from ..live import now_context
from ..queries.picture import picture
from .here import said_here


@needs("duty.stand")
@require_GET
def now(request: HttpRequest) -> HttpResponse:
    """One's own page."""
    return page(request)


def page(
    request: HttpRequest,
    rest: BreakForm | None = None,
    off: SignOffForm | None = None,
    asked: Asked | None = None,
    coming: GuestsInForm | None = None,
) -> HttpResponse:
    """The page, with a form that was refused or what a question for a break was answered."""
    guests = may(request, "visits.record")
    shown = now_context(site_id(request), person_id(request), guests=guests)
    seen = shown["seen"]
    shown |= {
        "rest_form": rest or BreakForm(),
        "off_form": off or SignOffForm().offer(seen, person_id(request)),
        "asked": asked,
        "scanned": request.GET.get("code", "")[:6],
        "in_form": coming or coming_in(shown["guests"], seen.person(person_id(request))),
        "past": preparing(site_id(request)),
        "bare": not seen.begun and begins_empty(site_id(request)),
    }
    return render(request, "duty/now.html", shown, status=status(rest, off, coming))


@needs("duty.stand")
@require_POST
def sign_on(request: HttpRequest) -> HttpResponse:
    """到岗, at one's own post or another."""
    post = uid(request.POST.get("post", ""))
    deed = on_site(presence.sign_on.given(post=post), request.POST.get("code", ""))
    return perform(request, deed, then=_here(), said=str)


@needs("duty.stand")
@require_POST
def sign_off(request: HttpRequest) -> HttpResponse:
    """签退."""
    form = SignOffForm(request.POST).offer(
        picture(site_id(request), timezone.now()), person_id(request)
    )
    return submit(
        request,
        form,
        lambda told: on_site(
            presence.sign_off.given(relieved_by=told["relieved_by"]), told["code"]
        ),
        page=partial(page, request, None, form),
        then=_here(),
        said=str,
    )


@needs("duty.stand")
@require_POST
def ask_break(request: HttpRequest) -> HttpResponse:
    """Asks for a break: yes at once, or no with who could cover and when it works."""
    form = BreakForm(request.POST)
    if not form.is_valid():
        return page(request, form)
    told = form.cleaned_data
    begins = clock_today(timezone.now(), told["begins"]) if told["begins"] else None
    deed = breaks.ask_break.given(kind=told["kind"], minutes=told["minutes"], begins=begins)
    asked = tried(form, lambda: deed(acting(request)))
    if asked is None:
        return page(request, form)
    if not asked.accepted:
        form.renew_key()
        return page(request, form, asked=asked)
    messages.success(request, asked.because)
    return redirect(_here())


@needs("duty.stand")
@require_POST
def start_break(request: HttpRequest, rest: UUID) -> HttpResponse:
    """去用餐、去休息."""
    said_here(request, "break", rest)
    return perform(request, breaks.start_break.given(rest=rest), then=_here(), said=str)


@needs("duty.stand")
@require_POST
def end_break(request: HttpRequest, rest: UUID) -> HttpResponse:
    """回岗."""
    said_here(request, "break", rest)
    return perform(request, breaks.end_break.given(rest=rest), then=_here(), said=str)


@needs("duty.stand")
@require_POST
def cancel_break(request: HttpRequest, rest: UUID) -> HttpResponse:
    """不休了."""
    said_here(request, "break", rest)
    return perform(request, breaks.cancel_break.given(rest=rest), then=_here(), said=str)


def _here() -> str:
    return reverse("duty:now")
