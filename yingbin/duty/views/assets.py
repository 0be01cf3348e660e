"""设备: the list, one with its operating notes and history, labels to print (SF-4.4, SC-4.4)."""

from collections.abc import Iterable
from functools import partial
from uuid import UUID

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from yingbin.files.forms import taken_with
from yingbin.pages.asked import number, uid
from yingbin.pages.doing import acting, perform, sent, site_id, status, submit
from yingbin.pages.placed import of_the_house
from yingbin.people.access import badge_of, may, needs

from ..actions import assets as doing
from ..forms import AssetForm, LineForm
from ..models import Asset
from ..paper import labels_pdf
from ..queries import assets as queries
from ..queries.picture import picture
from ..queries.roster import watched
from .here import row_here
from .lines import line_form

A_SHEET = 24  # labels on one


@needs("duty.stand")
@require_GET
def index(request: HttpRequest) -> HttpResponse:
    """What the place has."""
    shown = {
        "assets": queries.assets(site_id(request)),
        "leads": may(request, "duty.lead"),
        "today": timezone.localdate(),
    }
    return render(request, "duty/assets.html", shown)


@needs("duty.stand")
@require_GET
def one(request: HttpRequest, asset_id: UUID) -> HttpResponse:
    """One: how it is operated, whom to call, a repair to be written at once, and all that was with it before."""
    found = _found(request, asset_id)
    now = timezone.now()
    shown = {
        "asset": found,
        "asset_id": str(found.id),
        "photos": queries.photos_of(found),
        "past": queries.history(badge_of(request), found),
        "warranty": queries.in_warranty(found, now),
        "form": line_form(request, LineForm, picture(found.site_id, now), str(found.id)),
        "leads": may(request, "duty.lead"),
        "address": _address(request, found.mark),
    }
    return render(request, "duty/asset.html", shown)


def _found(request: HttpRequest, asset_id: UUID) -> Asset:
    found = queries.asset(site_id(request), asset_id)
    if found is None:
        raise Http404
    return found


@needs("duty.lead")
@require_http_methods(["GET", "POST"])
def keep(request: HttpRequest) -> HttpResponse:
    """A new asset, or another word about one: `?asset=`."""
    asked = uid(request.GET.get("asset", ""))
    found = _found(request, asked) if asked else None
    form = AssetForm(sent(request), request.FILES or None, initial=_known(found))
    form.offer([(rule.post_id, rule.post.name) for rule in watched(site_id(request))])
    who = acting(request)
    photos = taken_with(who, form) if form.is_bound else ()
    return submit(
        request,
        form,
        lambda told: doing.keep_asset.given(
            **{name: told[name] for name in _SAID}, photos=photos, asset=told["asset"]
        ),
        page=partial(_form_page, request, form, found),
        then=lambda asset: reverse("duty:asset", args=[asset]),
        said="已存。",
        who=who,
    )


_SAID = (
    "name", "kind", "post", "place", "notes", "supplier", "contact", "bought_on", "warranty_until",
)  # fmt: skip


def _known(found: Asset | None) -> dict[str, object]:
    if found is None:
        return {}
    told = {name: getattr(found, name) for name in _SAID if name != "post"}
    return {**told, "asset": found.id, "post": found.post_id}


def _form_page(request: HttpRequest, form: AssetForm, found: Asset | None) -> HttpResponse:
    return render(
        request, "duty/asset_form.html", {"form": form, "asset": found}, status=status(form)
    )


@needs("duty.lead")
@require_POST
def give_up(request: HttpRequest, asset_id: UUID) -> HttpResponse:
    """停用."""
    row_here(request, Asset, asset_id)
    deed = doing.give_up_asset.given(asset=asset_id)
    return perform(request, deed, then=reverse("duty:assets"), said="已停用，经过都还在。")


@needs("duty.lead")
@require_GET
def labels(request: HttpRequest) -> HttpResponse:
    """Labels on A4: of all, or of one (`?asset=`), from the place on the sheet that is still free (`?from=`)."""
    wanted = uid(request.GET.get("asset", ""))
    rows: Iterable[Asset] = queries.assets(site_id(request))
    chosen = [row for row in rows if wanted in (None, row.id)]
    if not chosen:
        raise Http404
    first = number(request.GET.get("from"), low=1, high=A_SHEET, otherwise=1)
    site = str(request.site)
    paper = labels_pdf(chosen, site, partial(_address, request), skip=first - 1)
    answer = HttpResponse(paper, content_type="application/pdf")
    answer["Content-Disposition"] = 'inline; filename="labels.pdf"'
    return answer


def _address(request: HttpRequest, mark: str) -> str:
    """Where a label leads: the same for everybody, wherever they are signed in."""
    return request.build_absolute_uri(of_the_house("duty:scan", mark))
