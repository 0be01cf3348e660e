"""时限: what a site has chosen of everything that has a limit, since when, by whom; changed with a reason, from a day."""

from functools import partial

from django.http import Http404, HttpRequest, HttpResponse, QueryDict
from django.shortcuts import render
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from yingbin.pages.doing import perform, sent, status

from ..access import may, needs
from ..calendar import calendar_of, unannounced
from ..forms.limits import AssumedForm, LimitForm
from ..forms.places import WEEKDAYS
from ..here import site_here
from ..limits import limits_at, rows_at, timeline
from ..policies import DECLARED, Policy, set_row
from ..policy_rows import Row
from ..queries import hours_of, names_of

SEEING = ("limits.set", "matters.oversee")


@needs(*SEEING)
@require_GET
def limits(request: HttpRequest) -> HttpResponse:
    """Every limit of this place, and how its working time counts."""
    site, now = site_here(request), timezone.now()
    groups = limits_at(site, now)
    chosen = [line.change for lines in groups.values() for line in lines if line.change]
    context = {
        "groups": groups,
        "names": names_of([change.by for change in chosen if change.by]),
        "assumed": sum(line.is_assumed for lines in groups.values() for line in lines),
        "week": _week(request),
        "site": site,
        "unannounced": unannounced(calendar_of(site.id), timezone.localdate()),
        "may_calendar": may(request, "staff.manage"),
        "may_set": may(request, "limits.set"),
    }
    return render(request, "people/limits.html", context)


def _week(request: HttpRequest) -> list[tuple[str, str]]:
    """Working time, days that are alike told together: 周一至周五 08:30–12:00、13:30–17:30."""
    days: dict[int, list[str]] = {}
    for row in hours_of(site_here(request).id):
        days.setdefault(row.weekday, []).append(f"{row.opens:%H:%M}–{row.closes:%H:%M}")
    found: list[tuple[list[int], str]] = []
    for day in sorted(days):
        words = "、".join(days[day])
        if found and found[-1][1] == words and found[-1][0][-1] == day - 1:
            found[-1][0].append(day)
        else:
            found.append(([day], words))
    return [(_days(run), words) for run, words in found]


def _days(run: list[int]) -> str:
    first, last = WEEKDAYS[run[0]], WEEKDAYS[run[-1]]
    return first if first == last else f"{first}至{last}"


@needs(*SEEING)
@require_http_methods(["GET", "POST"])
def limit(request: HttpRequest, name: str, row_id: str) -> HttpResponse:
    """One line with its history; a post changes it, for whoever may."""
    policy, row = _found(request, name, row_id)
    if request.method == "POST" and not may(request, "limits.set"):
        raise Http404
    form = _form(request, policy, row, sent(request))
    page = partial(_page, request, policy, row, form)
    if not form.is_valid():
        return page()
    told = form.cleaned_data
    deed = set_row.given(
        name=name, row_id=row_id, numbers=form.numbers(), reason=told["reason"], day=told["day"]
    )
    here = reverse("people:limit", args=[name, row_id])
    return perform(
        request, deed, then=here, said="已定下，改动和原因都留了记录。", form=form, page=page
    )


@needs("limits.set")
@require_POST
def limit_assumed(request: HttpRequest, name: str, row_id: str) -> HttpResponse:
    """The line is again what the program assumes."""
    policy, row = _found(request, name, row_id)
    back = AssumedForm(request.POST)
    page = partial(_page, request, policy, row, None, back)
    if not back.is_valid():
        return page()
    reason = back.cleaned_data["reason"]
    deed = set_row.given(name=name, row_id=row_id, numbers=None, reason=reason)
    here = reverse("people:limit", args=[name, row_id])
    return perform(request, deed, then=here, said="已改回暂估的时限。", form=back, page=page)


def _found(request: HttpRequest, name: str, row_id: str) -> tuple[Policy[object], Row]:
    policy = DECLARED.get(name)
    rows = rows_at(policy, site_here(request)) if policy else []
    row = next((row for row in rows if row.id == row_id), None)
    if policy is None or row is None:
        raise Http404
    return policy, row


def _form(
    request: HttpRequest, policy: Policy[object], row: Row, told: QueryDict | None = None
) -> LimitForm:
    now = policy.in_force(site_here(request).id, timezone.now())
    chosen = row.chosen(policy.plain(now.values))
    return LimitForm(told, row=row, chosen=chosen, today=timezone.localdate())


def _page(
    request: HttpRequest,
    policy: Policy[object],
    row: Row,
    form: LimitForm | None,
    back: AssumedForm | None = None,
) -> HttpResponse:
    line = timeline(site_here(request).id, policy.name)
    changes = line.changes(row)
    context = {
        "policy": policy,
        "row": row,
        "line": line.limit(policy.name, row, timezone.now()),
        "assumed": row.said(None),
        "changes": changes,
        "names": names_of([change.by for change in changes if change.by]),
        "form": form or _form(request, policy, row),
        "back": back or AssumedForm(),
        "back_open": back is not None,
        "may_set": may(request, "limits.set"),
    }
    return render(request, "people/limit.html", context, status=status(form, back))
