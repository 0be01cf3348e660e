"""岗位与班次: posts and shifts (SF-3.2, SC-3.2)."""

from functools import partial
from uuid import UUID

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.http import require_http_methods, require_POST

from yingbin.pages.doing import perform, sent, site_id, status, submit
from yingbin.people.access import needs

from ..actions import planning
from ..forms import PostForm, ShiftKindForm
from ..models import PostRule
from ..policies import SIGN_ON
from ..queries.chain import hearing
from ..queries.roster import shift_kinds, watched
from .here import row_here


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
        "asks_code": SIGN_ON.in_force(site, timezone.now()).values.code,
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
    row_here(request, PostRule, rule)
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
