"""我的排班: one's own month, leave, swaps, and the address for one's calendar program (SF-3.2, SF-3.3)."""

from functools import partial
from uuid import UUID

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_GET, require_POST, require_safe

from yingbin.pages.doing import acting, perform, person_id, site_id, status, submit, tried
from yingbin.pages.doors import open_to_all
from yingbin.pages.forms import KeyedForm
from yingbin.pages.placed import of_the_house
from yingbin.people.access import needs
from yingbin.people.models import Site

from .. import ics
from ..actions import feeds, leave, swaps
from ..forms.mine import LeaveForm, SwapForm
from ..hours import day_of
from ..models import Leave, ShiftSwap
from ..queries import mine as queries
from .here import row_here
from .rosters import month_asked


@needs("duty.stand")
@require_GET
def my_roster(request: HttpRequest) -> HttpResponse:
    """One's own month."""
    return _page(request)


def _page(request: HttpRequest, *refused: KeyedForm, secret: str = "") -> HttpResponse:
    """The page, with a form that was refused, or with a new address, which is shown this once."""
    kept, now = {type(form): form for form in refused}, timezone.now()
    site, me = site_id(request), person_id(request)
    month = month_asked(request.GET.get("month"))
    swap = kept.get(SwapForm) or SwapForm()
    assert isinstance(swap, SwapForm)
    address = of_the_house("duty:feed", secret) if secret else ""
    shown = {
        "roster": queries.my_roster(site, me, month, now),
        "swap_form": swap.offer(queries.colleagues(site, me, now)),
        "leave_form": kept.get(LeaveForm) or LeaveForm(),
        "address": request.build_absolute_uri(address) if address else "",
    }
    return render(request, "duty/mine.html", shown, status=status(*refused))


def _here() -> str:
    return reverse("duty:my_roster")


@needs("duty.stand")
@require_POST
def ask_swap(request: HttpRequest) -> HttpResponse:
    """Asks a colleague to change places."""
    people = queries.colleagues(site_id(request), person_id(request), timezone.now())
    form = SwapForm(request.POST).offer(people)
    return submit(
        request,
        form,
        lambda told: swaps.ask_swap.given(
            with_whom=told["with_whom"],
            day=told["day"],
            other_day=told["other_day"] or told["day"],
        ),
        page=partial(_page, request, form),
        then=_here(),
        said="已经问了对方，对方同意后由领班定。",
    )


@needs("duty.stand")
@require_POST
def answer_swap(request: HttpRequest, swap: UUID) -> HttpResponse:
    """同意换, or not."""
    row_here(request, ShiftSwap, swap)
    agrees = request.POST.get("agrees") == "yes"
    deed = swaps.answer_swap.given(swap=swap, agrees=agrees)
    said = "已同意，等领班定。" if agrees else "已回复不换。"
    return perform(request, deed, then=_here(), said=said)


@needs("duty.stand")
@require_POST
def withdraw_swap(request: HttpRequest, swap: UUID) -> HttpResponse:
    """不换了."""
    row_here(request, ShiftSwap, swap)
    deed = swaps.withdraw_swap.given(swap=swap)
    return perform(request, deed, then=_here(), said="已收回。")


@needs("duty.stand")
@require_POST
def ask_leave(request: HttpRequest) -> HttpResponse:
    """请假."""
    form = LeaveForm(request.POST)
    return submit(
        request,
        form,
        lambda told: leave.ask_leave.given(
            first=told["first"], last=told["last"], sort=told["sort"], words=told["words"]
        ),
        page=partial(_page, request, form),
        then=_here(),
        said="已提交，领班批准后排班表上会标出来。",
    )


@needs("duty.stand")
@require_POST
def end_leave(request: HttpRequest, leave_id: UUID) -> HttpResponse:
    """不休了."""
    row_here(request, Leave, leave_id)
    deed = leave.end_leave.given(leave=leave_id)
    return perform(request, deed, then=_here(), said="已收回这次请假，请告诉领班怎么排。")


@needs("duty.stand")
@require_POST
@never_cache
def make_feed(request: HttpRequest) -> HttpResponse:
    """A new private address for one's calendar program, shown this once."""
    form = KeyedForm(request.POST)
    secret = tried(form, lambda: feeds.make_feed(acting(request)))
    if secret is None:
        messages.error(request, " ".join(str(why) for why in form.non_field_errors()))
        return _page(request, form)
    return _page(request, secret=secret)


@needs("duty.stand")
@require_POST
def revoke_feed(request: HttpRequest) -> HttpResponse:
    """停用订阅."""
    said = "订阅地址已停用，日历里不再更新。"
    return perform(request, feeds.revoke_feed.given(), then=_here(), said=said)


@open_to_all
@never_cache
@require_safe
def feed(request: HttpRequest, secret: str) -> HttpResponse:
    """The shifts of whoever's address this is, for a calendar program, which can't sign in; 404 once revoked."""
    now = timezone.now()
    found = queries.feed_of(feeds.digest_of(secret), now)
    if found is None:
        raise Http404
    today = day_of(now)
    cells = queries.published_of(
        found.site_id, found.staff_id, today - ics.BEFORE, today + ics.AHEAD
    )
    place = Site.objects.get(id=found.site_id)
    body = ics.calendar_of_shifts(place.short_name or place.name, cells, now)
    return HttpResponse(body, content_type="text/calendar; charset=utf-8")
