"""What paid service holds of one person: free words and ink beside their matters; figures and numbers stay."""

from uuid import UUID

from django.db.models import Q, QuerySet

from yingbin.customers.queries import Section, called, told
from yingbin.journal.write import Pen
from yingbin.rules.gone import ERASED

from .models import CashDay, Completion, DeskMatter, Payment, Quote, QuoteAnswer, StockMove
from .queries.paid import lines_of
from .templatetags.money import yuan


def erase(*, pen: Pen, customer_ids: list[UUID]) -> dict[str, int]:
    """Empties words and signatures beside matters about these customers (inside a write)."""
    ids = list(_matters(pen.site_id, customer_ids).values_list("id", flat=True))
    Quote.objects.filter(matter__in=ids).exclude(salt="").update(words={}, salt="")
    Payment.objects.filter(matter__in=ids).exclude(salt="").update(why="", salt="")
    StockMove.objects.filter(matter__in=ids).exclude(salt="").update(words="", salt="")
    gone = _forget_differences(pen, customer_ids)
    signed = QuoteAnswer.objects.filter(quote__matter__in=ids).exclude(strokes=[])
    done = Completion.objects.filter(matter__in=ids).exclude(strokes=[])
    inked = signed.update(strokes=[]) + done.update(strokes=[])
    return {"desk_signatures": inked, "desk_differences": gone}


def _differences(site_id: UUID, customer_ids: list[UUID]) -> QuerySet[CashDay]:
    """Days of the cash box whose difference was explained with these customers' name or number."""
    said = Q()
    for text in called(customer_ids):
        said |= Q(why__icontains=text)
    rows = CashDay.objects.filter(said, site_id=site_id).exclude(salt="")
    return rows.order_by("seq") if said else rows.none()


def _forget_differences(pen: Pen, customer_ids: list[UUID]) -> int:
    """Empties these words and names their rows in the journal; the figures stay."""
    ids = list(_differences(pen.site_id, customer_ids).values_list("id", flat=True))
    if ids:
        body = {"erased_rows": sorted(map(str, ids)), "because": "customer"}
        pen.append("desk.words_erased", body)
        CashDay.objects.filter(id__in=ids).update(why=ERASED, salt="")
    return len(ids)


def sections(*, site_id: UUID, customer_ids: list[UUID]) -> list[Section]:
    """What these customers were quoted and what they paid."""
    ids = list(_matters(site_id, customer_ids).values_list("id", flat=True))
    quotes = Quote.objects.filter(matter__in=ids).select_related("matter").order_by("seq")
    paid = Payment.objects.filter(matter__in=ids).select_related("matter").order_by("seq")
    lines = [
        [told(q.at), q.matter.said, yuan(q.total), *(f"{x.name} {x.reason}".strip() for x in lines_of(q))]
        for q in quotes
    ]  # fmt: skip
    money = [[told(p.at), p.matter.said, p.said, p.get_way_display(), yuan(p.amount)] for p in paid]
    days = [[told(d.at), f"{d.day:%Y-%m-%d}", d.why] for d in _differences(site_id, customer_ids)]
    return [
        Section("有偿服务的报价", lines),
        Section("收款", money),
        Section("收款日报的差额", days),
    ]


def _matters(site_id: UUID, customer_ids: list[UUID]) -> QuerySet[DeskMatter]:
    return DeskMatter.objects.filter(site_id=site_id, matter__customer_id__in=customer_ids)
