"""What a show flat holds of one person: handed to them, told on their card, or emptied when they ask."""

from collections.abc import Iterable
from uuid import UUID

from django.db.models import Q
from django.urls import reverse

from yingbin.customers.queries import Section, Visited, told
from yingbin.journal.write import Pen
from yingbin.matters.models import Matter
from yingbin.people.queries import Badge
from yingbin.rules.gone import ERASED

from .mentions import forget_at_gallery
from .models import MatchSettlement, ShowVisit, VisitMatching
from .queries.visits import BEEN


def erase(*, pen: Pen, customer_ids: list[UUID]) -> dict[str, int]:
    """Empties every word about these customers (inside a write); how many rows of each."""
    visits = ShowVisit.objects.filter(site_id=pen.site_id, customer_id__in=customer_ids)
    ids = {str(one) for one in visits.values_list("id", flat=True)}
    asked = Matter.objects.filter(site_id=pen.site_id, customer_id__in=customer_ids)
    forget_at_gallery(pen, asked.values_list("id", flat=True))
    return {
        "show_visits": visits.update(called="", phone="", note="", salt=""),
        "match_words": _words_about(pen.site_id, ids),
    }


def _words_about(site_id: UUID, visits: set[str]) -> int:
    """The words with which differences about these groups were settled."""
    which = Q(pk__in=[])
    for one in visits:
        which |= Q(pairs__contains=[{"here": one}])
    done = 0
    for row in VisitMatching.objects.filter(which, site_id=site_id):
        about = [n for n, pair in enumerate(row.pairs) if pair["here"] in visits]
        words = MatchSettlement.objects.filter(matching=row, index__in=about).exclude(salt="")
        done += words.update(word=ERASED, salt="")
    return done


def sections(*, site_id: UUID, customer_ids: list[UUID]) -> list[Section]:
    """Visits to the show flat, as the person may read them."""
    rows = ShowVisit.objects.filter(site_id=site_id, customer_id__in=customer_ids)
    visits = rows.select_related("post").order_by("arrived_at")
    return [
        Section(
            "样板间来访",
            [
                [told(v.arrived_at), v.post.name, f"{v.group_size} 人", _been(v), v.note]
                for v in visits
            ],
        )
    ]


def _been(visit: ShowVisit) -> str:
    return f"售楼处：{BEEN[visit.been_to_sales]}"


def history(*, badge: Badge, customer_ids: Iterable[UUID]) -> list[Visited]:
    """The customer's visits to the show flats of this place; one question."""
    if badge.site_id is None or not badge.may("visits.record"):
        return []
    rows = ShowVisit.objects.filter(site_id=badge.site_id, customer_id__in=list(customer_ids))
    return [
        Visited(
            at=v.arrived_at,
            title=f"参观{v.post.name}：{v.group_size} 人",
            detail="，".join(w for w in (_been(v), v.note) if w),
            link=reverse("duty:guests", args=[v.id]),
        )
        for v in rows.select_related("post").order_by("-arrived_at")[:50]
    ]
