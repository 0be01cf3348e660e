"""Which days of show flats wait for somebody's word: counted with every page, so each is one question of the database.

What a matching's state is, `visit_sheets.state_of` says of rows that were read; here the database says the same.
"""

from datetime import date
from uuid import UUID

from django.db.models import (
    Count,
    Exists,
    F,
    Func,
    IntegerField,
    Max,
    OuterRef,
    Q,
    QuerySet,
    Subquery,
)
from django.db.models.functions import Coalesce

from ..models import MatchConfirmation, MatchSettlement, VisitMatching, VisitSheet

# Every difference has its word, and sales hasn't sent it back since.
_READY = Q(differ=F("settled_many")) & (
    Q(agreed__isnull=True) | Q(agreed=False, answered_seq__lte=F("settled_seq"))
)


def waiting_for_sales(gallery: UUID, since: date) -> QuerySet[VisitMatching]:
    """The matchings of flats that this gallery's sales department has to confirm, the newest day first."""
    here = VisitMatching.objects.filter(gallery_id=gallery, day__gte=since)
    later = VisitMatching.objects.filter(
        gallery_id=gallery,
        site_id=OuterRef("site_id"),
        day=OuterRef("day"),
        seq__gt=OuterRef("seq"),
    )
    return _standing(here).filter(~Exists(later), _READY).order_by("-day", "-seq")


def waiting_for_lead(site_id: UUID, since: date) -> QuerySet[VisitSheet]:
    """The sheets whose day the lead has to match, explain or change, the oldest day first."""
    sheets = VisitSheet.objects.filter(site_id=site_id, of_day__gte=since, visits__gt=0)
    corrected = VisitSheet.objects.filter(
        site_id=site_id, of_day=OuterRef("of_day"), visits__gt=0, number__gt=OuterRef("number")
    )
    again = VisitMatching.objects.filter(sheet_id=OuterRef("sheet_id"), seq__gt=OuterRef("seq"))
    matchings = VisitMatching.objects.filter(sheet_id=OuterRef("id"))
    done = _standing(matchings).filter(~Exists(again), _READY | Q(agreed=True))
    return sheets.filter(~Exists(corrected), ~Exists(done)).order_by("of_day")


def _standing(rows: QuerySet[VisitMatching]) -> QuerySet[VisitMatching]:
    """Each with how many differences it has, how many of them have a word and the last word's, the last answer."""
    words = MatchSettlement.objects.filter(matching=OuterRef("pk")).order_by().values("matching")
    answers = MatchConfirmation.objects.filter(matching=OuterRef("pk")).order_by("-seq")
    differ = Func(
        F("pairs"),
        template="jsonb_array_length(jsonb_path_query_array(%(expressions)s, '$[*] ? (@.kind != \"both\")'))",
        output_field=IntegerField(),
    )
    many = words.annotate(n=Count("index", distinct=True)).values("n")
    return rows.annotate(
        differ=differ,
        settled_many=Coalesce(Subquery(many), 0),
        settled_seq=Coalesce(Subquery(words.annotate(n=Max("seq")).values("n")), 0),
        agreed=Subquery(answers.values("agreed")[:1]),
        answered_seq=Subquery(answers.values("seq")[:1]),
    )
