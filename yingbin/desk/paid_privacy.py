"""What paid service holds of one person: free words and ink beside their matters; figures and numbers stay."""

from uuid import UUID

from django.db.models import QuerySet

from yingbin.customers.queries import Section, told
from yingbin.journal.write import Pen

from .models import Completion, DeskMatter, Payment, Quote, QuoteAnswer, StockMove
from .queries.paid import lines_of
from .templatetags.money import yuan


def erase(*, pen: Pen, customer_ids: list[UUID]) -> dict[str, int]:
    """Empties words and signatures beside matters about these customers (inside a write)."""
    ids = list(_matters(pen.site_id, customer_ids).values_list("id", flat=True))
    Quote.objects.filter(matter__in=ids).exclude(salt="").update(words={}, salt="")
    Payment.objects.filter(matter__in=ids).exclude(salt="").update(why="", salt="")
    StockMove.objects.filter(matter__in=ids).exclude(salt="").update(words="", salt="")
    signed = QuoteAnswer.objects.filter(quote__matter__in=ids).exclude(strokes=[])
    done = Completion.objects.filter(matter__in=ids).exclude(strokes=[])
    return {"desk_signatures": signed.update(strokes=[]) + done.update(strokes=[])}


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
    return [Section("有偿服务的报价", lines), Section("收款", money)]


def _matters(site_id: UUID, customer_ids: list[UUID]) -> QuerySet[DeskMatter]:
    return DeskMatter.objects.filter(site_id=site_id, matter__customer_id__in=customer_ids)
