"""What the register owes and holds of a visit or a customer (TQ-3), and the needs told so far (TQ-2)."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, replace
from uuid import UUID

from django.db.models import Q, QuerySet

from yingbin.customers.queries import family
from yingbin.rules.register import entries_owed

from ..models import Claim, Needs, RegisterEntry, Step, TurnDecision, Visit
from ..offline.words import needs_in_words


def entries(site_id: UUID) -> QuerySet[RegisterEntry]:
    """The site's signed rows with their words."""
    return RegisterEntry.objects.filter(site_id=site_id).select_related("written")


def entry(site_id: UUID, entry_id: UUID) -> RegisterEntry | None:
    """One row of this site with its words and what corrects it; None also for another site's."""
    found = entries(site_id).select_related("written", "corrected_by", "corrects", "visit")
    return found.filter(id=entry_id).first()


def entries_of_visit(visit: Visit) -> list[RegisterEntry]:
    """The rows signed at a visit, in order, corrections among them."""
    rows = entries(visit.site_id).filter(visit=visit).select_related("written", "corrected_by")
    return list(rows.order_by("number"))


def registered(site_id: UUID, customer_ids: Iterable[UUID], but: UUID | None = None) -> bool:
    """Whether one of these cards stands in the register, by a row of another visit than `but`."""
    rows = RegisterEntry.objects.filter(site_id=site_id, customer_id__in=list(customer_ids))
    if but is not None:
        rows = rows.filter(Q(visit__isnull=True) | ~Q(visit_id=but))
    return rows.exists()


@dataclass(frozen=True)
class Debt:
    """Why and how many rows a visit owes the register (see `rules.register.entries_owed`)."""

    kind: str
    assisted: bool
    unrelated: bool
    registered: bool
    households: int
    signed: int

    @property
    def rows(self) -> int:
        """How many rows are owed."""
        return entries_owed(**vars(self))

    @property
    def less_one(self) -> int:
        """How many are owed once one more is signed."""
        return replace(self, signed=self.signed + 1).rows


def debt(visit: Visit, decision: TurnDecision | None = None) -> Debt:
    """What the visit owes the register and why (TQ-3); four or five short queries."""
    return Debt(
        kind=visit.kind,
        assisted=_clause(visit, decision) == "TQ-8",
        unrelated=_claimed(visit),
        registered=registered_before(visit),
        households=visit.households,
        signed=signed(visit),
    )


def registered_before(visit: Visit) -> bool:
    """Whether the visit's customer stood in the register before it."""
    if visit.customer_id is None:
        return False
    return registered(visit.site_id, family(visit.site_id, visit.customer_id), but=visit.id)


def owed(visit: Visit, decision: TurnDecision | None = None) -> int:
    """How many rows the visit still owes (TQ-3)."""
    return debt(visit, decision).rows


def signed(visit: Visit) -> int:
    """How many rows were signed at a visit, corrections not counted."""
    rows = RegisterEntry.objects.filter(site_id=visit.site_id, visit=visit)
    return rows.filter(corrects__isnull=True).count()


def _clause(visit: Visit, decision: TurnDecision | None) -> str:
    if decision is not None:
        return decision.clause
    last = (
        TurnDecision.objects.filter(
            site_id=visit.site_id, visit=visit, kind="received", event__undone__isnull=True
        )
        .order_by("seq", "position")
        .last()
    )
    return last.clause if last else ""


def _claimed(visit: Visit) -> bool:
    """A claim that is open or was confirmed; a declined or withdrawn one changes nothing."""
    claims = Claim.objects.filter(site_id=visit.site_id, visit=visit, withdrawn_at__isnull=True)
    return claims.exclude(granted=False).exists()


def needs_of(site_id: UUID, customer_id: UUID | None, visit: Visit | None = None) -> Needs | None:
    """What is known of the customer's wishes: of this visit, else the latest of an earlier one."""
    if visit is not None:
        told = Needs.objects.filter(site_id=site_id, visit=visit).order_by("seq").last()
        if told is not None:
            return told
    if customer_id is None:
        return None
    ids = family(site_id, customer_id)
    return Needs.objects.filter(site_id=site_id, customer_id__in=ids).order_by("seq").last()


def steps_of(visit: Visit) -> list[Step]:
    """The steps done at a visit, in order."""
    return list(Step.objects.filter(site_id=visit.site_id, visit=visit).order_by("seq"))


def in_words(needs: Needs) -> str:
    """Needs in one line, as the sheet has them: 面积、户型、楼层、用途、预算."""
    return needs_in_words(vars(needs))


def words_of(needs: Mapping[str, object]) -> str:
    """Needs as they are kept in a register row, in one line."""
    fields = {f.name for f in Needs._meta.get_fields()}
    return in_words(Needs(**{k: v for k, v in needs.items() if k in fields}))


def how_many(site_id: UUID) -> int:
    """Rows of the site's register, corrections and undone imports included."""
    return RegisterEntry.objects.filter(site_id=site_id).count()
