"""信息传递单, 报修, 损坏: written in twenty seconds; afterwards they are matters (SF-4.3.4, SF-4.3.6, SF-4.4)."""

from functools import partial
from uuid import UUID

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.http import require_GET, require_http_methods

from yingbin.files.forms import taken_with
from yingbin.matters import queries as matters
from yingbin.matters.words import clock_title, takers
from yingbin.pages.asked import paged, uid
from yingbin.pages.doing import acting, person_id, sent, site_id, status, submit
from yingbin.people.access import badge_of, may, needs
from yingbin.people.models import Post
from yingbin.people.policies import set_policy
from yingbin.people.queries import names_of

from ..actions import lines
from ..actions.lines import LineOpened
from ..forms import DamageForm, LineForm, RoutesForm
from ..kinds import LINE_OF
from ..paper import damage_pdf
from ..policies import ROUTES
from ..queries.assets import assets
from ..queries.lines import WHICH, LineFilter, lines_at, owners_of
from ..queries.picture import Picture, picture
from ..queries.roster import watched
from ..queries.visitors import visitors_today
from ..words import ALL_LINES

A_PAGE = 40


@needs("duty.stand")
@require_http_methods(["GET", "POST"])
def new(request: HttpRequest) -> HttpResponse:
    """Writes a slip or a repair."""
    return _write(request, LineForm)


@needs("duty.stand")
@require_http_methods(["GET", "POST"])
def damage(request: HttpRequest) -> HttpResponse:
    """Writes down a damage: the lead is told at once, the developer's department gets its report."""
    return _write(request, DamageForm)


def line_form(
    request: HttpRequest, shape: type[LineForm], seen: Picture, scanned: str = ""
) -> LineForm:
    """A line as it is sent, or with what is known already: the post where one stands, the asset that was scanned."""
    site, me = site_id(request), seen.person(person_id(request))
    there = {str(one.id): one for one in assets(site)}
    asset = there.get(scanned or request.GET.get("asset", ""))
    post = str(asset.post_id) if asset and asset.post_id else (me.at_id if me else "")
    first = {
        "kind": _kind(request, shape, bool(asset)),
        "post": post or (seen.posts[0].id if len(seen.posts) == 1 else ""),
        "asset": str(asset.id) if asset else "",
    }
    people = matters.colleagues(site, timezone.now())
    form = shape(sent(request), request.FILES or None, initial=first)
    whom = takers(people, without={str(person_id(request))})
    return form.offer(seen, whom, [(a, f"{o.number} 号 {o.name}") for a, o in there.items()])


def _kind(request: HttpRequest, shape: type[LineForm], of_asset: bool) -> str:
    if shape is DamageForm:
        return "damage"
    return request.GET.get("kind", "repair" if of_asset else "slip")


def _write(request: HttpRequest, shape: type[LineForm]) -> HttpResponse:
    seen = picture(site_id(request), timezone.now())
    form, who = line_form(request, shape, seen), acting(request)
    if isinstance(form, DamageForm):
        named = visitors_today(site_id(request), seen.now) if may(request, "visits.record") else []
        form.offer_visitors([(str(one.visit), one.words) for one in named])
    photos = taken_with(who, form) if form.is_bound else ()
    return submit(
        request,
        form,
        lambda told: lines.open_line.given(
            kind=told["kind"],
            post=told["post"],
            title=told["title"],
            detail=told["detail"],
            details=form.details(photos),
        ),
        page=partial(_page, request, form),
        then=reverse("duty:now"),
        said=_said,
        who=who,
    )


def _said(done: LineOpened) -> str:
    if not done.to:
        return f"已记下，第{done.number}号，由您负责。"
    to = matters.names_of_parties([done.to]).get(done.to, "对方")
    return f"已记下，第{done.number}号，已转给{to}；对方接手之前由您负责。"


def _page(request: HttpRequest, form: LineForm) -> HttpResponse:
    shown = {"form": form, "damage": isinstance(form, DamageForm)}
    return render(request, "duty/line.html", shown, status=status(form))


@needs("duty.lead")
@require_GET
def index(request: HttpRequest) -> HttpResponse:
    """单子: every line of this place, narrowed by where it stands, kind, post and owner."""
    site, now, asked = site_id(request), timezone.now(), request.GET
    wanted = LineFilter(
        which=asked.get("which", "open"),
        kind=asked.get("kind", ""),
        post=uid(asked.get("post", "")),
        owner=uid(asked.get("owner", "")),
    )
    if wanted.which not in WHICH or wanted.kind not in ("", *LINE_OF):
        raise Http404
    page = paged(asked, lines_at(site, wanted, now), A_PAGE)
    shown = {
        "wanted": wanted,
        "which": WHICH,
        "kinds": ALL_LINES,
        "posts": [(r.post_id, r.post.name) for r in watched(site)],
        "owners": names_of(owners_of(site)),
        "page": page,
        "lines": [
            (line, clock_title(line.matter))
            for line in matters.lines(badge_of(request), page.object_list, now)
        ],
        "query": _query(wanted),
    }
    return render(request, "duty/lines.html", shown)


def _query(wanted: LineFilter) -> str:
    """The filter as the pager repeats it."""
    return (
        f"which={wanted.which}&kind={wanted.kind}"
        f"&post={wanted.post or ''}&owner={wanted.owner or ''}&"
    )


@needs("duty.plan")
@require_http_methods(["GET", "POST"])
def routes(request: HttpRequest) -> HttpResponse:
    """单子转给谁: whom a line of each kind goes to, who must accept it."""
    site = site_id(request)
    held = ROUTES.in_force(site, timezone.now())
    form = RoutesForm(sent(request), initial=vars(held.values))
    form.offer(takers(matters.colleagues(site, timezone.now())))

    def page() -> HttpResponse:
        shown = {"form": form, "held": held, "by": names_of([held.by]) if held.by else {}}
        return render(request, "duty/routes.html", shown, status=status(form))

    return submit(
        request,
        form,
        lambda told: set_policy.given(
            name=ROUTES.name,
            values={name: told[name] for name in ("slip", "repair", "damage", "mail")},
            reason=told["reason"],
        ),
        page=page,
        then=reverse("duty:lines"),
        said="已定，从下一张单起。",
    )


@needs("matters.handle", "matters.oversee")
@require_GET
def damage_sheet(request: HttpRequest, matter_id: UUID) -> HttpResponse:
    """《物品损坏报告单》 on A4, for whoever may see the damage (SF-4.3.4)."""
    found = matters.matter(badge_of(request), matter_id)
    if found is None or found.kind != "damage":
        raise Http404
    post = Post.objects.filter(site_id=found.site_id, id=found.subject_id or found.id).first()
    by = str(getattr(request.user, "name", ""))
    paper = damage_pdf(found, post=post.name if post else "", by=by, now=timezone.now())
    answer = HttpResponse(paper, content_type="application/pdf")
    answer["Content-Disposition"] = f'inline; filename="damage-{found.number}.pdf"'
    return answer
