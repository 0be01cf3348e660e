"""What the gallery holds of one person: handed to them, or emptied when they ask (counts and proofs stay)."""

from uuid import UUID

from django.db.models import Q

from yingbin.customers.queries import Section, told
from yingbin.importing.models import ImportRow
from yingbin.journal.write import Pen
from yingbin.notices.actions import forget
from yingbin.pages.phones import shown
from yingbin.rules.gone import ERASED

from .models import (
    FREE_TEXT,
    Call,
    CaseCopy,
    Claim,
    Needs,
    Reception,
    RegisterEntry,
    RegisterWords,
    Ruling,
    Statement,
    Step,
    TurnDecision,
    TurnEvent,
    Visit,
)
from .queries import register
from .queries.standing import standings


def busy(*, site_id: UUID, customer_ids: list[UUID]) -> str:
    """Why the customer can't be erased just now; empty when they can."""
    now = Reception.objects.filter(
        site_id=site_id, visit__customer_id__in=customer_ids, ended_at__isnull=True
    )
    return "这位客户正在接待中，请接待完毕后再删除。" if now.exists() else ""


def erase(*, pen: Pen, customer_ids: list[UUID]) -> dict[str, int]:
    """Empties every word about these customers (inside a write); how many rows of each."""
    here = {"site_id": pen.site_id}
    visits = list(
        Visit.objects.filter(**here, customer_id__in=customer_ids).values_list("id", flat=True)
    )
    entries = RegisterEntry.objects.filter(**here, customer_id__in=customer_ids)
    words = RegisterWords.objects.filter(entry__in=entries, erased_at__isnull=True)
    phones = [w.words["phone"] for w in words if w.words and w.words.get("phone")]
    about = {"dispute__customer_id__in": customer_ids}
    counts = {
        "visits": Visit.objects.filter(id__in=visits).update(
            called="", note="", looked_for="", looks="", seat="", salt=""
        ),
        "needs": _needs(pen, customer_ids, visits),
        "steps": Step.objects.filter(visit__in=visits).update(note="", salt=""),
        "claims": Claim.objects.filter(visit__in=visits).update(
            note=ERASED, customer_confirmed="", answer="", salt=""
        ),
        "calls": Call.objects.filter(**here, customer_id__in=customer_ids).update(
            called="", asked="", salt=""
        ),
        "statements": Statement.objects.filter(**here, **about).update(words=ERASED, salt=""),
        "rulings": Ruling.objects.filter(**here, **about).update(reason=ERASED, salt=""),
        "copies": CaseCopy.objects.filter(**here, customer_id__in=customer_ids).update(why=ERASED),
        "reasons": _reasons(pen, visits),
        "register": words.update(words=None, salt="", erased_at=pen.at),
    }
    counts["imported"] = _imported(pen, customer_ids, phones)
    return counts


def _imported(pen: Pen, customer_ids: list[UUID], phones: list[str]) -> int:
    """What lines of an old register say of them, taken in or still waiting."""
    about = Q(subject_id__in=customer_ids) | Q(phone__in=phones)
    rows = ImportRow.objects.filter(about, of__site_id=pen.site_id)
    return rows.update(phone="", cells=None, told=None, faults=[], warnings=[])


def _needs(pen: Pen, customer_ids: list[UUID], visits: list[UUID]) -> int:
    rows = Needs.objects.filter(site_id=pen.site_id)
    return rows.filter(customer_id__in=customer_ids).update(said="", salt="") + rows.filter(
        visit__in=visits
    ).update(said="", salt="")


def _reasons(pen: Pen, visits: list[UUID]) -> int:
    """Reasons of overrides may name the customer; the decision stays, its free words go."""
    done: list[str] = []
    for row in TurnEvent.objects.filter(
        site_id=pen.site_id, visit__in=visits, event__event__in=FREE_TEXT
    ).exclude(salt=""):
        said = row.event.get("reason", "")
        row.event, row.salt = {**row.event, "reason": ERASED}, ""
        row.save(update_fields=["event", "salt"])
        for decision in TurnDecision.objects.filter(event=row):
            if said and said in decision.because:
                decision.because = decision.because.replace(said, ERASED)
                decision.save(update_fields=["because"])
        done.append(said)
    forget(pen, words=[said for said in done if said])
    return len(done)


def sections(*, site_id: UUID, customer_ids: list[UUID]) -> list[Section]:
    """Visits, calls, needs and register rows, as the person may read them."""
    of = {"site_id": site_id, "customer_id__in": customer_ids}
    visits = list(Visit.objects.filter(**of).order_by("arrived_at"))
    stand = standings(visits)
    entries = register.entries(site_id).filter(customer_id__in=customer_ids).order_by("number")
    needs = Needs.objects.filter(**of).order_by("seq")
    calls = Call.objects.filter(**of).order_by("seq")
    return [
        Section(
            "到访",
            [
                [
                    told(v.arrived_at),
                    v.called,
                    f"{v.group_size} 人",
                    stand[v.id].words,
                    v.note,
                    v.looks,
                    v.seat,
                ]
                for v in visits
            ],
        ),
        Section("来电", [[told(c.at), c.called, c.asked] for c in calls]),
        Section("说过的需求", [[told(n.at), register.in_words(n), n.said] for n in needs]),
        Section("来访登记", [_entry(e) for e in entries]),
    ]


def _entry(row: RegisterEntry) -> list[str]:
    words = row.written.words or {}
    phone = shown(words["phone"]) if words.get("phone") else ""
    return [
        f"第 {row.number} 号",
        told(row.at),
        words.get("name", ""),
        phone,
        words.get("note", ""),
    ]
