"""What the journal witnesses of emergencies: each changed, added or lost row is found; random days against a plain model."""

from collections.abc import Callable
from random import Random
from uuid import UUID

import pytest
from django.db import DatabaseError, transaction
from django.db.models import Model as Row

from tests.force import guards_off
from yingbin.duty.actions import cases, incidents
from yingbin.duty.export import disagreements
from yingbin.duty.models import EmergencyProcedure, Incident, IncidentCopy, IncidentNote
from yingbin.duty.procedures import SHIPPED
from yingbin.journal.models import Entry
from yingbin.people.ids import uuid7
from yingbin.rules.decision import Refused
from yingbin.sheets.actions import Copy

from .flat import MONDAY, Flat
from .manned import drilled, faults, happen, manned, seen

WHO = ("叶", "许", "程", "秦")
TABLES: dict[str, type[Row]] = {
    "incident": Incident,
    "note": IncidentNote,
    "procedure": EmergencyProcedure,
    "copy": IncidentCopy,
}


@pytest.fixture
def day(flat: Flat, monkeypatch: pytest.MonkeyPatch) -> Flat:
    """Everybody is there; it is ten."""
    return manned(flat, monkeypatch)


@pytest.fixture
def kept(day: Flat) -> Flat:
    """One of each: steps of its own, a fire with words, end, report and a copy of it; a drill under way."""
    day.do(
        incidents.keep_procedure, "许", type="火情", steps=("拉响警铃", "疏散"), why="按规程 3.1"
    )
    case = happen(day)
    day.do(incidents.tick_step, "叶", incident=case, step=0)
    day.do(incidents.add_words, "秦", incident=case, text="119 说七分钟到")
    day.do(cases.end_case, "许", case=case)
    day.do(incidents.write_report, "叶", incident=case, text="浇灭了")
    copy = Copy("pdf", since=day.now.date(), until=day.now.date(), rows=6, sha256="a" * 64)
    day.do(incidents.hand_out_report, "许", incident=case, copy=copy, why="存档")
    day.do(incidents.hear, "秦", incident=drilled(day, "停电"))
    return day


@pytest.mark.clause("TQ-3")
def test_as_it_was_written_everything_fits(kept: Flat) -> None:
    assert faults(kept) == []


@pytest.mark.clause("TQ-3")
@pytest.mark.parametrize(
    ("table", "which", "changed", "said"),
    [
        ("incident", {"drill": False}, {"drill": True}, "是不是演练"),
        ("incident", {"drill": True}, {"drill": False}, "是不是演练"),
        ("incident", {"drill": False}, {"number": 9}, "编号"),
        ("incident", {"drill": False}, {"type": "停电"}, "什么事"),
        ("incident", {"drill": False}, {"kind": "disruption"}, "什么事"),
        ("incident", {"drill": False}, {"steps": ["拉响警铃"]}, "步骤"),
        ("incident", {"drill": False}, {"version": 0}, "步骤"),
        ("incident", {"drill": False}, {"at": MONDAY}, "时间"),
        ("incident", {"drill": False}, {"by": None}, "谁报的"),
        ("incident", {"drill": False}, {"over_at": None}, "结束的时间"),
        ("incident", {"drill": False}, {"over_at": MONDAY}, "结束的时间"),
        ("incident", {"drill": True}, {"over_at": MONDAY}, "结束的时间"),
        ("note", {"what": "step"}, {"what": "unstep"}, "做了什么"),
        ("note", {"what": "step"}, {"step": 1}, "做了什么"),
        ("note", {"what": "step"}, {"at": MONDAY}, "时间"),
        ("note", {"what": "step"}, {"by": None}, "谁做的"),
        ("note", {"what": "step"}, {"number": 99}, "第几条"),
        ("note", {"what": "step"}, {"words": {"text": "后来加的"}}, "写的话"),
        ("note", {"what": "words"}, {"words": {"text": "119 说一分钟到"}}, "写的话"),
        ("note", {"what": "report"}, {"words": {"text": "没有起火"}}, "写的话"),
        ("note", {"what": "report"}, {"words": {}}, "写的话"),
        ("note", {"what": "heard"}, {"role": "lead"}, "做了什么"),
        ("note", {"what": "heard"}, {"by": None}, "谁做的"),
        ("procedure", {}, {"type": "水情"}, "类型"),
        ("procedure", {}, {"version": 2}, "步骤"),
        ("procedure", {}, {"steps": ["疏散"]}, "步骤"),
        ("procedure", {}, {"why": "没有依据"}, "改了什么"),
        ("procedure", {}, {"at": MONDAY}, "时间"),
        ("procedure", {}, {"by": None}, "谁改的"),
        ("copy", {}, {"rows": 1}, "多少行"),
        ("copy", {}, {"sha256": "b" * 64}, "文件的指纹"),
        ("copy", {}, {"by": UUID(int=1)}, "谁带出"),
    ],
)  # fmt: skip
def test_whatever_is_changed_behind_our_back_is_found(
    kept: Flat, table: str, which: dict[str, object], changed: dict[str, object], said: str
) -> None:
    with guards_off():
        assert TABLES[table]._default_manager.filter(**which).update(**changed) == 1
    assert [f for f in faults(kept) if said in f]


@pytest.mark.clause("TQ-3")
@pytest.mark.parametrize("what", ["step", "words", "over", "report", "heard"])
def test_a_note_that_is_gone_is_missed(kept: Flat, what: str) -> None:
    with guards_off():
        IncidentNote.objects.filter(what=what).delete()
    assert [f for f in faults(kept) if "突发事件的经过" in f]


@pytest.mark.clause("TQ-3")
def test_a_step_that_nobody_did_cannot_be_slipped_in(kept: Flat) -> None:
    note = IncidentNote.objects.get(what="step")
    note.id, note.number, note.step, note.seq = uuid7(), 90, 1, note.seq + 10_000
    note.save(force_insert=True)
    assert [f for f in faults(kept) if "突发事件的经过" in f]


@pytest.mark.clause("TQ-3")
def test_a_version_of_steps_that_nobody_wrote_is_found(kept: Flat) -> None:
    row = EmergencyProcedure.objects.get()
    row.id, row.version, row.seq = uuid7(), 2, row.seq + 10_000
    row.save(force_insert=True)
    assert [f for f in faults(kept) if "处置步骤" in f]


@pytest.mark.clause("TQ-3")
@pytest.mark.parametrize("table", ["note", "procedure"])
@pytest.mark.parametrize("way", ["update", "delete"])
def test_the_database_itself_refuses_to_change_what_is_final(
    day: Flat, table: str, way: str
) -> None:
    day.do(incidents.keep_procedure, "许", type="火情", steps=("跑",), why="试")
    day.do(incidents.add_words, "叶", incident=happen(day), text="记")
    rows = TABLES[table]._default_manager.all()
    with pytest.raises(DatabaseError, match="are final"), transaction.atomic():
        rows.delete() if way == "delete" else rows.update(by=None)
    assert rows.exists()


def test_no_word_that_somebody_wrote_stands_in_the_journal(kept: Flat) -> None:
    written = [str(body) for body in Entry.objects.values_list("body", flat=True)]
    for words in ("七分钟", "浇灭了"):
        assert not [body for body in written if words in body]


class Model:
    """What is true of one incident, as somebody would keep it on a slip of paper."""

    def __init__(self, drill: bool, steps: int) -> None:
        self.drill, self.steps = drill, steps
        self.done: set[int] = set()
        self.heard: set[str] = set()
        self.words, self.over, self.reported = 0, False, False

    def tick(self, step: int, done: bool) -> bool:
        if self.over or step >= self.steps:
            return False
        self.done = self.done | {step} if done else self.done - {step}
        return True

    def hear(self, who: str) -> bool:
        if self.over or who == "叶" or who in self.heard:
            return False
        self.heard.add(who)
        return True

    def end(self) -> bool:
        was, self.over = self.over, True
        return not was

    def report(self) -> bool:
        may = self.over and not self.reported
        self.reported = self.reported or may
        return may


def turn(day: Flat, chance: Random, incident: UUID, model: Model) -> None:
    """Somebody does something at random; the product says yes where the model does, and no elsewhere."""
    who, what = (
        chance.choice(WHO),
        chance.choice(["tick"] * 5 + ["hear"] * 3 + ["words", "end", "report"]),
    )
    step, done = chance.randrange(model.steps + 1), chance.random() < 0.7
    deeds: dict[str, Callable[[], object]] = {
        "tick": lambda: day.do(incidents.tick_step, who, incident=incident, step=step, done=done),
        "words": lambda: day.do(incidents.add_words, who, incident=incident, text="记一笔"),
        "report": lambda: day.do(incidents.write_report, who, incident=incident, text="报告"),
        "hear": lambda: (
            day.do(incidents.hear, who, incident=incident)
            if model.drill
            else day.do(cases.acknowledge_case, who, case=incident)
        ),
        "end": lambda: (
            day.do(incidents.end_drill, who, incident=incident)
            if model.drill
            else day.do(cases.end_case, who, case=incident)
        ),
    }
    expected = {
        "tick": lambda: model.tick(step, done),
        "hear": lambda: model.hear(who),
        "end": model.end,
        "report": model.report,
    }
    if what == "words":
        model.words += 1
    may = expected[what]() if what in expected else True
    try:
        deeds[what]()
    except Refused:
        assert not may, (who, what, step)
    else:
        assert may, (who, what, step)


@pytest.mark.clause("SF-4.6", "SC-4.6")
@pytest.mark.parametrize("drill", [False, True], ids=["real", "drill"])
@pytest.mark.parametrize("seed", range(4))
def test_whatever_people_do_in_whatever_order_the_page_says_what_is_true(
    day: Flat, seed: int, drill: bool
) -> None:
    chance = Random(seed * 2 + drill)
    type = chance.choice(list(SHIPPED))
    incident = drilled(day, type) if drill else happen(day, type)
    model = Model(drill, len(SHIPPED[type]))
    for _ in range(24):
        turn(day, chance, incident, model)
    page = seen(day, incident)
    assert {s.index for s in page.steps if s.at} == model.done
    assert {x.heard_by for x in page.chain if x.heard_at} == model.heard
    assert sum(f.words == "补充" for f in page.facts) == model.words
    assert (page.is_open, page.report is not None) == (not model.over, model.reported)
    assert [f.at for f in page.facts] == sorted(f.at for f in page.facts)
    assert faults(day) == []
    assert list(disagreements(day.log)) == []
