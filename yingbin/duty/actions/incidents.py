"""突发事件、扰乱秩序、演练 on the screens: steps ticked, words, the end, the report (SF-4.5, SF-4.6, SC-4.5, SC-4.6).

What the chain does in a real case is the contract's (`cases.py`). A drill is no event of the day: an open emergency
lets people leave a post and hides gaps, and a drill must not. So it has rows of its own and a clock of its own; and so
has a real one at night or at a place that is closed, where there is no day that it could be an event of.
"""

from dataclasses import dataclass
from datetime import datetime, timedelta
from uuid import UUID

from yingbin.files.actions import attach
from yingbin.journal.action import action
from yingbin.journal.commit import new_salt, salted
from yingbin.journal.write import Pen
from yingbin.notices.actions import tell
from yingbin.people.calendar import ZONE
from yingbin.people.ids import uuid7
from yingbin.people.rows import actor, next_number
from yingbin.rules.decision import Refused
from yingbin.sheets import actions as sheets
from yingbin.sheets.actions import Copy, HandOut
from yingbin.sheets.book import Papers

from ..files import INCIDENT
from ..hours import day_of
from ..models import EmergencyProcedure, Incident, IncidentCopy, IncidentNote, PostRule
from ..policies import DUTY
from ..queries.chain import ROLE_OF, Hearing, hearing
from ..queries.procedures import SeenProcedure, procedure
from ..queries.roster import staff_on_duty

What = IncidentNote.What
REPORTS = Papers("突发事件报告", "SF-4.6", IncidentCopy, "duty.incident_handed_out")
MOST_STEPS, LONGEST_STEP, LONGEST_WORDS = 30, 120, 1000
# Who has only a hand for the camera types nothing; what can be crossed out has words all the same.
SHOWN = "现场照片"


@dataclass(frozen=True)
class IncidentOpened:
    """An incident that began; of a real one `incident` is its case."""

    incident: UUID
    number: int


def procedure_here(site_id: UUID, type: str) -> SeenProcedure:
    """The steps that count for a type. Raises `Refused` for a type this place doesn't know."""
    found = procedure(site_id, type)
    if found is None:
        raise Refused("SF-4.6", "没有这一类突发事件，请从列表里选，或选“其他”。", about="type")
    return found


def begin_incident(
    pen: Pen,
    incident: UUID,
    *,
    kind: str,
    type: str,
    post: UUID,
    at: datetime,
    drill: bool = False,
    outside: bool = False,
) -> Incident:
    """The row of an incident and its entry, inside the write that opens it; `at` is the moment that counts."""
    found = procedure_here(pen.site_id, type) if kind == "emergency" else None
    row = Incident(
        id=incident, site_id=pen.site_id, number=next_number(Incident, pen.site_id), drill=drill, outside=outside,
        kind=kind, type=type, post_id=post, at=at, by=actor(pen),
        steps=list(found.steps) if found else [], version=found.version if found else 0,
    )  # fmt: skip
    body = {
        "incident": str(incident), "number": row.number, "drill": drill, "kind": kind, "type": type,
        "post": str(post), "steps": row.steps, "version": row.version,
        "at": at.astimezone(ZONE).isoformat(),
    }  # fmt: skip
    if outside:
        body["outside"] = True
    row.seq = pen.append("duty.incident", body, clause=clause_of(row)).seq
    row.save(force_insert=True)
    return row


def clause_of(incident: Incident) -> str:
    """The clause an incident is kept under, by the kind of its post."""
    kinds = PostRule.objects.filter(post_id=incident.post_id).values_list("kind", flat=True)
    wing = "SC" if kinds.first() == PostRule.Kind.SALES_CENTRE else "SF"
    return f"{wing}-4.6" if incident.kind == Incident.Kind.EMERGENCY else f"{wing}-4.5"


def note(
    pen: Pen, incident: Incident, what: What, *, step: int | None = None, role: str = "", text: str = ""
) -> IncidentNote:  # fmt: skip
    """One more thing done in an incident, inside a write."""
    words, salt = ({"text": text}, new_salt()) if text else ({}, "")
    row = IncidentNote(
        site_id=pen.site_id, incident=incident, what=what, step=step, role=role, words=words,
        number=next_number(IncidentNote, pen.site_id, incident=incident), salt=salt, at=pen.at, by=actor(pen),
        typed_at=pen.typed_at,
    )  # fmt: skip
    body: dict[str, object] = {
        "incident": str(incident.id), "number": row.number, "what": what.value, "step": step, "role": role,
    }  # fmt: skip
    if text:
        body["words"] = salted(text, salt)
    if pen.typed_at is not None:
        body["typed_at"] = pen.typed_at.astimezone(ZONE).isoformat()
    row.seq = pen.append("duty.incident_note", body, clause=clause_of(incident)).seq
    row.save(force_insert=True)
    return row


def over(pen: Pen, incident: Incident) -> None:
    """An incident is over, inside the write that ends it."""
    note(pen, incident, What.OVER)
    incident.over_at, incident.next_at = pen.at, None
    incident.save(update_fields=["over_at", "next_at"])


def known(pen: Pen, incident: UUID, *, drill: bool | None = None, open: bool = False) -> Incident:
    """An incident of this place. Raises `Refused` for none, for one that isn't (or is) a drill, for one that is over."""
    row = Incident.objects.filter(site_id=pen.site_id, id=incident).first()
    if row is None or (drill is not None and row.drill != drill):
        raise Refused("SF-4.6", "这里没有这件事，请回到「突发事件」里找。")
    if open and row.over_at is not None:
        raise Refused("SF-4.6", "这件事已经处理完了。要补充的，请写在下面的补充里。")
    return row


@action("duty.tick_step")
def tick_step(pen: Pen, *, incident: UUID, step: int, done: bool = True) -> None:
    """A step is done, or wasn't after all; each tap is kept with its time and who."""
    row = known(pen, incident, open=True)
    if not 0 <= step < len(row.steps):
        raise Refused("SF-4.6", "没有这一步，请刷新页面再点。")
    last = IncidentNote.objects.filter(incident=row, step=step).order_by("number").last()
    if (last is not None and last.what == What.STEP) == done:
        return  # two at once tick the same step: it is done, by the first
    note(pen, row, What.STEP if done else What.UNSTEP, step=step)


@action("duty.add_words")
def add_words(pen: Pen, *, incident: UUID, text: str = "", photos: tuple[UUID, ...] = ()) -> None:
    """Something worth knowing or seeing, during it or later."""
    said = text.strip() or (SHOWN if photos else "")
    row = note(pen, known(pen, incident), What.WORDS, text=_words(said))
    _show(pen, row, photos)


@action("duty.write_report")
def write_report(pen: Pen, *, incident: UUID, text: str, photos: tuple[UUID, ...] = ()) -> None:
    """The report, once it is over: in whoever's words who was there. Raises `Refused` before, and the second time."""
    row = known(pen, incident)
    if row.over_at is None:
        raise Refused("SF-4.6", "还没有处理完。先点“处理完了”，再写报告。")
    if IncidentNote.objects.filter(incident=row, what=What.REPORT).exists():
        raise Refused("SF-4.6", "报告已经写好了，不再改动。还有要说的，写在补充里。")
    _show(pen, note(pen, row, What.REPORT, text=_words(text)), photos)


def _show(pen: Pen, row: IncidentNote, photos: tuple[UUID, ...]) -> None:
    if photos:
        attach(pen, about=(INCIDENT.id, row.id), files=photos)


def _words(text: str) -> str:
    kept = text.strip()
    if not kept:
        raise Refused(
            "SF-4.6", "请写几句：发生了什么，怎么处理的，还有什么没有办完。", about="text"
        )
    return kept[:LONGEST_WORDS]


@action("duty.open_drill")
def open_drill(pen: Pen, *, type: str, post: UUID) -> IncidentOpened:
    """演练: the chain is alerted as in earnest, with a mark that nobody can overlook; the day on duty knows nothing of it."""
    _a_post(pen, post, "请从列表里选在哪个岗位演练。")
    row = begin_incident(
        pen, uuid7(), kind="emergency", type=type, post=post, at=pen.at, drill=True
    )
    _ring_all(pen, row)
    return IncidentOpened(row.id, row.number)


def begin_outside(pen: Pen, incident: UUID, *, kind: str, type: str, post: UUID) -> Incident:
    """A real one where no day on duty is under way, inside a write: the whole chain is alerted all the same."""
    _a_post(pen, post, "请从列表里选是在哪里。")
    row = begin_incident(pen, incident, kind=kind, type=type, post=post, at=pen.at, outside=True)
    _ring_all(pen, row)
    return row


def _a_post(pen: Pen, post: UUID, refusal: str) -> None:
    """A post of this place, open today or not."""
    rules = PostRule.objects.filter(site_id=pen.site_id, post_id=post, given_up_at__isnull=True)
    if not rules.exists():
        raise Refused("SF-4.6", refusal, about="post")


def _ring_all(pen: Pen, row: Incident) -> None:
    _ring(pen, row, list(ROLE_OF), hearing(pen.site_id, pen.at))
    _wind_up(pen, row)


def _ring(pen: Pen, row: Incident, roles: list[str], heard: dict[str, Hearing]) -> None:
    who = [person for role in roles for person in heard[role].people]
    what = row.type or row.get_kind_display()
    if row.drill:
        kind, title, aloud = "duty.drill", f"【演练】{what}", "演练，不是真的"
        body = (
            f"这是演练，不是真的。{row.post.name}正在演练“{what}”，请按真的做，看到就点“知道了”。"
        )
    else:
        kind, title, aloud = "duty.escalated", what, "有情况，请马上看"
        body = f"{row.post.name}：{what}。现在不在当班时间，看到就点“知道了”，并赶过去或派人去。"
    tell(
        pen,
        to=list(dict.fromkeys(who)),
        kind=kind,
        title=title,
        body=body,
        link=f"/duty/incident/{row.id}/",
        urgent=True,
        clause=clause_of(row),
        aloud=aloud,
    )


def _wind_up(pen: Pen, row: Incident) -> None:
    """When the chain is told again: as the contract has it for real ones, while somebody hasn't heard."""
    numbers = DUTY.in_force(pen.site_id, row.at).values
    told = IncidentNote.objects.filter(incident=row, what=What.AGAIN).count()
    left = _unheard(row) and told < numbers.repeats
    row.next_at = row.at + timedelta(minutes=numbers.ack_minutes * (told + 1)) if left else None
    row.save(update_fields=["next_at"])


def _unheard(row: Incident) -> list[str]:
    notes = IncidentNote.objects.filter(incident=row, what=What.HEARD)
    heard = set(notes.values_list("role", flat=True))
    return [role for role in ROLE_OF if role not in heard]


def has_a_day(row: Incident, at: datetime) -> bool:
    """Whether the day on duty of a moment knows of it; else its chain is kept by its own notes and clock."""
    return not (row.drill or row.outside) and day_of(row.at) == day_of(at)


@action("duty.hear")
def hear(pen: Pen, *, incident: UUID) -> None:
    """知道了, where no day on duty knows of it: for one's own role, and for those in whose place one hears."""
    row = known(pen, incident, open=True)
    if has_a_day(row, pen.at):
        raise Refused("SF-4.6", "这件事在今天的当班里，请在它的页面上点“知道了”。")
    mine = staff_on_duty(pen.site_id, pen.at).get(actor(pen) or UUID(int=0), "")
    heard = hearing(pen.site_id, pen.at)
    roles = [meant for meant in _unheard(row) if heard[meant].role == ROLE_OF.get(mine, "none")]
    if not roles:
        raise Refused("SF-4.6", "不用您回应：这件事没有报给您，或者您的角色已经有人回应。")
    for role in roles:
        note(pen, row, What.HEARD, role=role)
    _wind_up(pen, row)


@action("duty.end_drill")
def end_drill(pen: Pen, *, incident: UUID) -> None:
    """The drill is over."""
    over(pen, known(pen, incident, drill=True, open=True))


@action("duty.ring_again")
def ring_again(pen: Pen, *, incident: UUID) -> int:
    """The clock's: whoever hasn't heard of one without a day on duty is told again; how many times that was. Done twice it acts once."""
    row = Incident.objects.select_related("post").get(site_id=pen.site_id, id=incident)
    if row.next_at is None or row.next_at > pen.at:
        return 0
    _ring(pen, row, _unheard(row), hearing(pen.site_id, pen.at))
    note(pen, row, What.AGAIN)
    _wind_up(pen, row)
    return 1


@action("duty.keep_procedure")
def keep_procedure(pen: Pen, *, type: str, steps: tuple[str, ...], why: str) -> int:
    """The steps of a type from now on; an incident under way keeps those it began with. The new version's number."""
    name, kept = type.strip()[:20], [s.strip() for s in steps if s.strip()]
    if not name:
        raise Refused("SF-4.6", "请写是哪一类突发事件。", about="type")
    if not kept or len(kept) > MOST_STEPS or max(map(len, kept)) > LONGEST_STEP:
        words = f"步骤写 1 到 {MOST_STEPS} 行，一行一步，每步不超过 {LONGEST_STEP} 个字。"
        raise Refused("SF-4.6", words, about="steps")
    if not why.strip():
        raise Refused("SF-4.6", "请写改了什么、根据哪份规程改的。", about="why")
    before = procedure(pen.site_id, name)
    row = EmergencyProcedure(
        site_id=pen.site_id, type=name, version=before.version + 1 if before else 1, steps=kept,
        why=why.strip()[:200], at=pen.at, by=actor(pen),
    )  # fmt: skip
    body = {"type": name, "version": row.version, "steps": kept, "why": row.why}
    row.seq = pen.append("duty.procedure", body, clause="SF-4.6").seq
    row.save(force_insert=True)
    return row.version


@action("duty.hand_out_report")
def hand_out_report(pen: Pen, *, incident: UUID, copy: Copy, why: str) -> HandOut:
    """Keeps that a report on A4 was handed out: who, when, why, the file's SHA-256."""
    row = known(pen, incident)
    return sheets.hand_out(pen, REPORTS, copy, why, about={"incident_id": row.id})
