"""收款: a matter's money, the day's cash box, its sheet on A4 and in Excel (SD-4.2.3)."""

from datetime import date
from decimal import Decimal
from urllib.parse import quote
from uuid import UUID

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from yingbin.customers.queries import shown_as
from yingbin.pages import asked
from yingbin.pages.doing import perform, sent, site_id, status, submit
from yingbin.people.access import badge_of, needs
from yingbin.people.here import site_here
from yingbin.sheets.columns import laid_out
from yingbin.sheets.excel import workbook

from ..actions import cash, money
from ..cash_sheet import RECEIPTS, receipt_lines
from ..forms.money import CloseForm, PayForm, ReceiveForm, ReductionForm, RefundForm, VoidForm
from ..forms.paid import hundredths
from ..models import DeskMatter, Payment
from ..queries.paid import today
from ..queries.paid_page import CashPage, card_of, cash_page
from ..templatetags.money import yuan
from .paid import found

EXCEL = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"


@needs("desk.see")
@require_GET
def account(request: HttpRequest, matter_id: UUID) -> HttpResponse:
    """What a matter costs, what was paid, what is owed, and what can be done about it."""
    return _account(request, found(request, matter_id))


def _account(
    request: HttpRequest,
    row: DeskMatter,
    pay: PayForm | None = None,
    less: ReductionForm | None = None,
    void: VoidForm | None = None,
    refund: RefundForm | None = None,
    about: str = "",
) -> HttpResponse:
    paid = card_of(row, timezone.now())
    context = {
        "row": row,
        "paid": paid,
        "pay": pay or PayForm(initial={"yuan": Decimal(paid.account.owed).scaleb(-2)}),
        "less": less or ReductionForm(),
        "void": void or VoidForm(auto_id="void_%s"),
        "refund": refund or RefundForm(auto_id="refund_%s"),
        "about": about,
    }
    return render(request, "desk/account.html", context, status=status(pay, less, void, refund))


@needs("desk.see")
@require_POST
def pay(request: HttpRequest, matter_id: UUID) -> HttpResponse:
    """Money is taken."""
    row, form = found(request, matter_id), PayForm(request.POST)
    return submit(
        request,
        form,
        lambda told: money.pay.given(
            matter_id=matter_id, way=told["way"], amount=hundredths(told["yuan"])
        ),
        page=lambda: _account(request, row, pay=form),
        then=reverse("desk:account", args=[matter_id]),
        said=lambda done: f"已收款，收据 {done.number}，回执 {done.receipt}。",
    )


@needs("desk.see")
@require_GET
def receipt(request: HttpRequest, matter_id: UUID, payment_id: UUID) -> HttpResponse:
    """收据 on paper, for the resident's hand; of money given back, what they sign for."""
    row, now = found(request, matter_id), timezone.now()
    paid = card_of(row, now)
    one = next((p for p in paid.payments if p.id == payment_id), None)
    if one is None:
        raise Http404
    who = shown_as(row.site_id, [row.matter.customer_id] if row.matter.customer_id else [])
    payer = next((shown.called for shown in who.values()), row.caller)
    shown = {"row": row, "one": one, "paid": paid, "payer": payer, "now": now}
    return render(request, "desk/receipt.html", shown)


@needs("desk.see")
@require_POST
def void(request: HttpRequest, matter_id: UUID, payment_id: UUID) -> HttpResponse:
    """A payment was written by mistake."""
    row, form = found(request, matter_id), VoidForm(request.POST, auto_id="void_%s")
    if not Payment.objects.filter(matter=row, id=payment_id).exists():
        raise Http404
    return submit(
        request,
        form,
        lambda told: money.void.given(payment_id=payment_id, why=told["why"]),
        page=lambda: _account(request, row, void=form, about=str(payment_id)),
        then=reverse("desk:account", args=[matter_id]),
        said=lambda done: f"已冲销，冲销单 {done.number}；要重收请再记一笔。",
    )


@needs("desk.see")
@require_POST
def less(request: HttpRequest, matter_id: UUID) -> HttpResponse:
    """A waiver or refund is asked for."""
    row, form = found(request, matter_id), ReductionForm(request.POST)
    return submit(
        request,
        form,
        lambda told: money.ask_reduction.given(
            matter_id=matter_id, what=told["what"], amount=hundredths(told["yuan"]), why=told["why"]
        ),
        page=lambda: _account(request, row, less=form),
        then=reverse("desk:account", args=[matter_id]),
        said="已经报给主管和主任，批了会通知您来办。",
    )


@needs("desk.see")
@require_POST
def reduce(request: HttpRequest, matter_id: UUID, approval_id: UUID) -> HttpResponse:
    """What was approved is carried out."""
    row, form = found(request, matter_id), RefundForm(request.POST, auto_id="refund_%s")
    mine = {one.row.id for one in card_of(row, timezone.now()).requests}
    if approval_id not in mine:
        raise Http404
    return submit(
        request,
        form,
        lambda told: money.reduce.given(approval_id=approval_id, way=told["way"]),
        page=lambda: _account(request, row, refund=form, about=str(approval_id)),
        then=reverse("desk:account", args=[matter_id]),
        said=lambda done: f"{done.because}{f'退款单 {done.receipt}。' if done.receipt else ''}",
    )


@needs("desk.see")
@require_http_methods(["GET", "POST"])
def box(request: HttpRequest) -> HttpResponse:
    """收款日报 of a day: its receipts; a post counts and closes it."""
    page = _asked(request)
    form = CloseForm(sent(request), first=page.opening is None)
    if not form.is_valid() or not form.is_signed(request):
        return _box(request, page, form)
    deed = cash.close_cash.given(day=page.day, count=form.count(), signature=form.signature())
    return perform(
        request,
        deed,
        then=f"{reverse('desk:cash')}?day={page.day}",
        said=lambda done: f"已结账，{_gap(done.difference)}，回执 {done.receipt}。",
        form=form,
        page=lambda: _box(request, page, form),
    )


@needs("desk.supervise")
@require_POST
def receive(request: HttpRequest, cash_day_id: UUID) -> HttpResponse:
    """The supervisor or manager counts again and takes the money over."""
    page, form = _asked(request), ReceiveForm(request.POST)
    if not form.is_valid() or not form.is_signed(request):
        return _box(request, page, None, form)
    return perform(
        request,
        cash.receive_cash.given(cash_day_id=cash_day_id, signature=form.signature()),
        then=f"{reverse('desk:cash')}?day={page.day}",
        said=lambda receipt: f"已接收，回执 {receipt}。",
        form=form,
        page=lambda: _box(request, page, None, form),
    )


@needs("desk.see")
@require_GET
def paper(request: HttpRequest) -> HttpResponse:
    """The day's sheet on A4."""
    context = {"page": _asked(request), "now": timezone.now()}
    return render(request, "desk/cash_paper.html", context)


@needs("desk.see")
@require_GET
def excel(request: HttpRequest) -> HttpResponse:
    """The day's receipts as a workbook; it names matters by number, no resident."""
    page = _asked(request)
    lines = receipt_lines(page)
    told = f"应有现金 {yuan(page.expected)} 元"
    data = workbook(laid_out(RECEIPTS, lines, "workbook"), f"{page.day}", told)
    answer = HttpResponse(data, content_type=EXCEL)
    name = f"收款日报 {site_here(request).name} {page.day}.xlsx"
    answer["Content-Disposition"] = f"attachment; filename*=UTF-8''{quote(name)}"
    return answer


def _gap(difference: int) -> str:
    if not difference:
        return "分文不差"
    return f"{'多' if difference > 0 else '少'} {yuan(abs(difference))} 元"


def _asked(request: HttpRequest) -> CashPage:
    now = today(timezone.now())
    day: date = asked.day(request.GET.get("day")) or now
    return cash_page(site_id(request), min(day, now))


def _box(
    request: HttpRequest, page: CashPage, form: CloseForm | None, taking: ReceiveForm | None = None
) -> HttpResponse:
    badge, sheet = badge_of(request), page.sheet
    may_take = bool(
        sheet and not page.handover and badge.may("desk.supervise") and sheet.by != badge.staff_id
    )
    context = {
        "page": page,
        "today": today(timezone.now()),
        "form": form or CloseForm(first=page.opening is None),
        "taking": (taking or ReceiveForm()) if may_take else None,
    }
    return render(request, "desk/cash.html", context, status=status(form, taking))
