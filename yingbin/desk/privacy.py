"""What the desk holds of one person: handed to them, or emptied when they ask."""

from uuid import UUID

from yingbin.customers.queries import Section, told
from yingbin.journal.write import Pen
from yingbin.notices.actions import forget
from yingbin.rules.gone import ERASED

from .models import CallAnswer, ComplaintCause, DeskEvent, DeskMatter, DeskNote
from .telling import page_of


def erase(*, pen: Pen, customer_ids: list[UUID]) -> dict[str, int]:
    """Empties every word of matters about these customers (inside a write); what was done stays, and in which home.

    A place that is no home of the list was said in words, perhaps in a name.
    """
    rows = DeskMatter.objects.filter(site_id=pen.site_id, matter__customer_id__in=customer_ids)
    ids = list(rows.values_list("id", flat=True))
    forget(pen, links=[page_of(one) for one in rows.values_list("matter_id", flat=True)])
    DeskEvent.objects.filter(matter__in=ids).exclude(salt="").update(words={}, salt="")
    DeskNote.objects.filter(matter__in=ids).exclude(salt="").update(words="", salt="")
    ComplaintCause.objects.filter(matter__in=ids).exclude(salt="").update(words="", salt="")
    CallAnswer.objects.filter(matter__in=ids).exclude(salt="").update(wanted="", salt="")
    rows.filter(home_id=None).update(place=ERASED, place_salt="")
    return {"desk_matters": rows.update(caller="", salt="")}


def sections(*, site_id: UUID, customer_ids: list[UUID]) -> list[Section]:
    """What was recorded for these customers, and what was written about it."""
    rows = DeskMatter.objects.filter(site_id=site_id, matter__customer_id__in=customer_ids)
    found = list(
        rows.select_related("matter").prefetch_related("log", "notes", "causes").order_by("seq")
    )
    lines = [
        [told(m.matter.opened_at), m.said, m.place, m.get_source_display(), *_words(m)]
        for m in found
    ]
    return [Section("来电来访", lines)]


def _words(row: DeskMatter) -> list[str]:
    said = [str(word) for event in row.log.all() for word in event.words.values()]
    causes = [f"{one.get_cause_display()} {one.words}".strip() for one in row.causes.all()]
    return [row.caller, *said, *(note.words for note in row.notes.all()), *causes]
