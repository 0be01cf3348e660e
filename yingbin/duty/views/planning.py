"""排班, 岗位与班次: the month's roster as a grid, drafted and published; posts and shifts (SF-3.2, SC-3.2)."""

from datetime import date, timedelta
from functools import partial
from uuid import UUID

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from yingbin.pages.asked import uid
from yingbin.pages.doing import perform, sent, site_id, status, submit
from yingbin.people.access import may, needs

from ..actions import planning
from ..actions.planning import Cell
from ..forms import PostForm, ShiftKindForm
from ..hours import day_of
from ..queries.chain import hearing
from ..queries.grid import Grid, grid
from ..queries.roster import shift_kinds, watched


@needs("duty.stand")
@require_GET
def roster(request: HttpRequest) -> HttpResponse:
    """Two weeks of the roster; whoever plans can change it."""
    first = _first(request.GET.get("from", ""))
    shown = {
        "grid": grid(site_id(request), first, timezone.now()),
        "plans": may(request, "duty.plan"),
    }
    return render(request, "duty/roster.html", shown)


def _first(text: str) -> date:
    """The Monday of the week asked for, else of this week."""
    try:
        found = date.fromisoformat(text)
    except ValueError:
        found = day_of(timezone.now())
    return found - timedelta(days=found.weekday())


def _back(first: date) -> str:
    return f"{reverse('duty:roster')}?from={first.isoformat()}"


@needs("duty.plan")
@require_POST
def draft(request: HttpRequest) -> HttpResponse:
    """Writes what was changed in the grid."""
    first = _first(request.POST.get("from", ""))
    shown = grid(site_id(request), first, timezone.now())
    deed = planning.draft.given(cells=_changed(request, shown))
    return perform(
        request, deed, then=_back(first), said=lambda n: f"已存 {n} 格草稿，发布后大家才看到。"
    )


def _changed(request: HttpRequest, shown: Grid) -> tuple[Cell, ...]:
    """The cells that are no longer as they were: `c.<person>.<day>` is a shift's id, with `@post` or none."""
    cells = []
    for row in shown.rows:
        for one in row.cells:
            name = f"c.{row.staff}.{one.day.isoformat()}"
            if name in request.POST and request.POST[name] != one.value:
                shift, _, post = request.POST[name].partition("@")
                cells.append(Cell(row.staff, one.day, uid(shift), uid(post)))
    return tuple(cells)


@needs("duty.plan")
@require_POST
def copy_week(request: HttpRequest) -> HttpResponse:
    """The week before, day by day, as a draft of this week."""
    first = _first(request.POST.get("from", ""))
    before = grid(site_id(request), first - timedelta(days=7), timezone.now())
    week = timedelta(days=7)
    cells = tuple(
        Cell(row.staff, one.day + week, one.shift, one.post)
        for row in before.rows
        for one in row.cells[:7]
        if one.known
    )
    return perform(
        request, planning.draft.given(cells=cells), then=_back(first),
        said=lambda n: f"已抄上一周 {n} 格，请看一遍再发布。",
    )  # fmt: skip


@needs("duty.plan")
@require_POST
def publish(request: HttpRequest) -> HttpResponse:
    """发布: whoever's days changed is told."""
    first = _first(request.POST.get("from", ""))
    deed = planning.publish.given(first=first, last=first + timedelta(days=13))
    return perform(
        request, deed, then=_back(first),
        said=lambda done: " ".join((f"已发布 {done.cells} 格，通知了 {done.people} 人。", *done.held)),
    )  # fmt: skip


@needs("duty.plan")
@require_http_methods(["GET", "POST"])
def setup(request: HttpRequest) -> HttpResponse:
    """Posts and shifts; a post is one of either form."""
    return _setup_page(request)


def _setup_page(
    request: HttpRequest, post: PostForm | None = None, kind: ShiftKindForm | None = None
) -> HttpResponse:
    site = site_id(request)
    shown = {
        "rules": watched(site),
        "kinds": shift_kinds(site),
        "chain": hearing(site, timezone.now()).values(),
        "post_form": post or PostForm(initial={"kind": _kind_here(request)}),
        "kind_form": kind or ShiftKindForm(),
    }
    return render(request, "duty/setup.html", shown, status=status(post, kind))


def _kind_here(request: HttpRequest) -> str:
    kind = getattr(getattr(request, "site", None), "kind", "")
    return kind if kind in ("show_flat", "sales_centre") else "show_flat"


@needs("duty.plan")
@require_POST
def keep_post(request: HttpRequest) -> HttpResponse:
    """A new post, or another name, minimum or hours of one."""
    form = PostForm(sent(request))
    return submit(
        request,
        form,
        lambda told: planning.keep_post.given(
            name=told["name"],
            kind=told["kind"],
            minimum=told["minimum"],
            opens=told["opens"],
            closes=told["closes"],
            rule=told["rule"],
        ),
        page=partial(_setup_page, request, form),
        then=reverse("duty:setup"),
        said="已存。",
    )


@needs("duty.plan")
@require_POST
def give_up_post(request: HttpRequest, rule: UUID) -> HttpResponse:
    """停用."""
    deed = planning.give_up_post.given(rule=rule)
    return perform(request, deed, then=reverse("duty:setup"), said="已停用，从下一天起。")


@needs("duty.plan")
@require_POST
def keep_shift(request: HttpRequest) -> HttpResponse:
    """A shift under its mark."""
    form = ShiftKindForm(sent(request))
    return submit(
        request,
        form,
        lambda told: planning.keep_shift.given(
            mark=told["mark"], title=told["title"], begins=told["begins"], ends=told["ends"]
        ),
        page=partial(_setup_page, request, None, form),
        then=reverse("duty:setup"),
        said="已存。",
    )
