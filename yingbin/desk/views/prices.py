"""价目 and 材料: the price list by versions, the small stock (SD-4.2.3)."""

from urllib.parse import quote
from uuid import UUID

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.http import require_GET, require_http_methods

from yingbin.pages.doing import sent, site_id, status, submit
from yingbin.people.access import badge_of, needs
from yingbin.people.here import site_here
from yingbin.people.queries import names_of
from yingbin.sheets.columns import laid_out
from yingbin.sheets.excel import workbook

from ..actions import prices as verbs
from ..actions import work
from ..forms.money import ItemForm, MoveForm, PriceListForm
from ..forms.paid import hundredths
from ..models import PriceList, StockItem, StockMove
from ..price_sheet import PRICES, price_lines
from ..prices import priced
from ..queries.paid import prices_at, stock, today
from ..queries.paid_page import versions
from ..templatetags.money import hundredths as as_said
from .money import EXCEL

SEEN_BY = ("desk.see", "desk.work")


@needs(*SEEN_BY)
@require_GET
def prices(request: HttpRequest) -> HttpResponse:
    """The list that holds, or the version that was asked for; all versions beside it."""
    rows, now = versions(site_id(request)), timezone.now()
    held = prices_at(site_id(request), now)
    shown = _version(request, rows) or held
    context = {
        "shown": shown,
        "items": priced(shown.items) if shown else (),
        "held": held,
        "versions": rows,
        "names": names_of([one.by for one in rows]),
        "sets": badge_of(request).may("desk.supervise"),
    }
    return render(request, "desk/prices.html", context)


def _version(request: HttpRequest, rows: list[PriceList]) -> PriceList | None:
    asked = request.GET.get("version", "")
    if not asked:
        return None
    row = next((one for one in rows if str(one.version) == asked), None)
    if row is None:
        raise Http404
    return row


@needs("desk.supervise")
@require_http_methods(["GET", "POST"])
def set_prices(request: HttpRequest) -> HttpResponse:
    """The next version: the newest one's items in a table, with room for more."""
    newest = next(iter(versions(site_id(request))), None)
    items = priced(newest.items) if newest else ()
    form = PriceListForm(sent(request), items=items, today=today(timezone.now()))
    return submit(
        request,
        form,
        lambda told: verbs.set_prices.given(items=form.items(), valid_from=told["valid_from"]),
        page=lambda: render(
            request, "desk/prices_edit.html", {"form": form, "newest": newest}, status=status(form)
        ),
        then=reverse("desk:prices"),
        said=lambda done: f"价目第 {done.version} 版已存，以前报的价不变。",
    )


@needs(*SEEN_BY)
@require_GET
def prices_excel(request: HttpRequest) -> HttpResponse:
    """A version as a workbook, in the columns that are pasted back."""
    rows = versions(site_id(request))
    shown = _version(request, rows) or prices_at(site_id(request), timezone.now())
    if shown is None:
        raise Http404
    data = workbook(laid_out(PRICES, price_lines(shown), "workbook"), f"第 {shown.version} 版")
    answer = HttpResponse(data, content_type=EXCEL)
    name = f"价目 {site_here(request).name} 第{shown.version}版.xlsx"
    answer["Content-Disposition"] = f"attachment; filename*=UTF-8''{quote(name)}"
    return answer


@needs(*SEEN_BY)
@require_http_methods(["GET", "POST"])
def materials(request: HttpRequest) -> HttpResponse:
    """What lies in the store; a post adds a material."""
    form = ItemForm(sent(request))
    return submit(
        request,
        form,
        lambda told: work.add_item.given(
            name=told["name"], unit=told["unit"], low=hundredths(told["low"])
        ),
        page=lambda: render(
            request,
            "desk/materials.html",
            {"items": stock(site_id(request)), "form": form},
            status=status(form),
        ),
        then=lambda one: reverse("desk:material", args=[one]),
        said="已加上，请记第一次入库。",
    )


@needs(*SEEN_BY)
@require_http_methods(["GET", "POST"])
def material(request: HttpRequest, item_id: UUID) -> HttpResponse:
    """One material and its book; a post moves it."""
    item = StockItem.objects.filter(site_id=site_id(request), id=item_id).first()
    if item is None:
        raise Http404
    form = MoveForm(sent(request))
    return submit(
        request,
        form,
        lambda told: work.move.given(
            item_id=item_id, what=told["what"], many=hundredths(told["many"]), words=told["words"]
        ),
        page=lambda: _material(request, item, form),
        then=reverse("desk:material", args=[item_id]),
        said=lambda done: f"已记下，还有 {as_said(done.left)} {item.unit}。",
    )


def _material(request: HttpRequest, item: StockItem, form: MoveForm) -> HttpResponse:
    moves = list(StockMove.objects.filter(item=item).select_related("matter").order_by("-seq")[:50])
    sees = badge_of(request).may("desk.see")
    context = {
        "item": item, "moves": moves, "names": names_of([one.by for one in moves]), "form": form, "sees": sees,
    }  # fmt: skip
    return render(request, "desk/material.html", context, status=status(form))
