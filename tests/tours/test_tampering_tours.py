"""What the owner of the database does to visits with all refusals switched off is found and named where it stands."""

import pytest
from django.db import Error, connection, transaction

from tests.force import unguarded
from yingbin.journal import check
from yingbin.journal.check import check_site
from yingbin.people.ids import uuid7
from yingbin.people.rows import SiteRow
from yingbin.tours.actions.companions import ask_companion
from yingbin.tours.actions.preparing import analyse
from yingbin.tours.checking import Replayed
from yingbin.tours.models import HostingEvent, TourEvent, TourOffice, TourVisit
from yingbin.tours.ticks import tick
from yingbin.tours.witnesses.hosting import HOSTING
from yingbin.tours.witnesses.visits import VISITS

from .headquarters import Headquarters

pytestmark = pytest.mark.clause("TQ-11")


def lived(house: Headquarters) -> None:
    """A visit that was planned, one that was refused a part, one that lapsed, a house that changed."""
    one = house.planned(words={"wants": "自动线"})
    house.issue(one)
    two = house.apply("institution", areas=("plant",))
    house.act("江", "area", two, area="plant", answer="refused", reason="检修")
    house.choose(souvenirs=60)
    house.apply("general", headcount=3, day=2)
    house.act("严", "company", two, answer="approved")
    house.clock(days=3)
    three = house.word(day=5)
    house.do(analyse, "江", visit_id=three, aims="扩产", needs="看焊接线")
    house.do(ask_companion, "江", visit_id=three, who=house.id("严"))
    house.later(days=2)
    tick(house.now)


@pytest.fixture
def kept(played: Headquarters, db: None, monkeypatch: pytest.MonkeyPatch) -> Headquarters:
    """That house, for one test; what was forged is of visits, so the other wings needn't be read."""
    from yingbin.journal.held import Witnesses

    monkeypatch.setattr(check, "witnesses", lambda site: [Witnesses(held=(*VISITS, *HOSTING))])
    monkeypatch.setattr(check, "_guards", lambda: iter(()))
    return played


def findings(house: Headquarters) -> list[str]:
    """What the check finds."""
    return [str(f) for line in check_site(house.site) for f in line.found]


def test_nothing_is_found_where_nothing_was_forged(kept: Headquarters) -> None:
    assert findings(kept) == []
    assert list(Replayed(kept.site).faults()) == []


SOMEBODY = "gen_random_uuid()"
OLDER = "interval '1 hour'"
FIRST = "where number = 1"
FORGED = {
    # the house of then
    "who answered for what": ("update tours_touroffice set company = company || '{\"souvenirs\": 9}' where version = 1", "：部门、区域与房间和"),
    "by which rules": ("update tours_touroffice set packs = '[]' where version = 1", "：规则包和"),
    "since when": (f"update tours_touroffice set at = at - {OLDER}", "：时间和"),
    "which version it was": ("update tours_touroffice set version = 9 where version = 2", "：第几版和"),
    # visits
    "the number of a visit": (f"update tours_tourvisit set number = 990 {FIRST}", "2026-0990 号：编号和"),
    "the year of a visit": (f"update tours_tourvisit set year = 2025 {FIRST}", "：年份和"),
    "who asked for it": (f"update tours_tourvisit set applied_by = {SOMEBODY} {FIRST}", "：谁申请的和"),
    "how it came in": (f"update tours_tourvisit set how = 'word' {FIRST}", "：来源和"),
    "whose it is": (f"update tours_tourvisit set customer_id = {SOMEBODY} {FIRST}", "：谁的和"),
    "when it was asked for": (f"update tours_tourvisit set opened_at = opened_at - {OLDER} {FIRST}", "：什么时候申请的和"),
    "under which terms": (f"update tours_tourvisit set terms = 'x' {FIRST}", "：条款版本和"),
    "how much happened to it": (f"update tours_tourvisit set events = events - 1 {FIRST}", "：几件事和"),
    "that it was approved": ("update tours_tourvisit set status = 'approved' where number = 3", "：现在的情况和"),
    "how many come": (f"update tours_tourvisit set headcount = 30 {FIRST}", "：现在的情况和"),
    "when they come": (f"update tours_tourvisit set starts_at = starts_at - {OLDER} {FIRST}", "：现在的情况和"),
    "where they sit": (f"update tours_tourvisit set room = '报告厅' {FIRST}", "：现在的情况和"),
    "which class they are": (f"update tours_tourvisit set klass = 'general' {FIRST}", "：现在的情况和"),
    "what is open to them": (f"update tours_tourvisit set open_areas = '{{rnd}}' {FIRST}", "：现在的情况和"),
    "what only the state knows": (f"update tours_tourvisit set state = state || '{{\"photo\": true}}' {FIRST}", "：现在的情况和"),
    "who visits": (f"update tours_tourvisit set visitor = '别家' {FIRST}", "：来访单位和记录链里的凭据对不上"),
    "whom one calls": (f"update tours_tourvisit set contact = '别人' {FIRST}", "：联系人和记录链里的凭据对不上"),
    "what they want to see": (f"update tours_tourvisit set words = '{{\"wants\": \"研发\"}}' {FIRST}", "：写的话和记录链里的凭据对不上"),
    "words emptied as if erased": (f"update tours_tourvisit set visitor = '', contact = '', words = '{{}}', salt = '' {FIRST}", "空了，但没有删除的记录"),
    # events
    "an event's fields": ("update tours_tourevent set fields = '{}' where event = 'company'", "：内容和"),
    "what happened": ("update tours_tourevent set event = 'exception' where event = 'company'", "：什么事和"),
    "who did it": (f"update tours_tourevent set by = {SOMEBODY} where event = 'send_plan'", "：谁做的和"),
    "that somebody did what the clock did": (f"update tours_tourevent set by = {SOMEBODY} where event = 'clock'", "：谁做的和"),
    "when it was done": (f"update tours_tourevent set at = at - {OLDER} where event = 'send_plan'", "：时间和"),
    "why it was accepted": ("update tours_tourevent set because = '好' where event = 'send_plan'", "：判定的话和"),
    "under which clause": ("update tours_tourevent set clause = 'CV-9' where event = 'send_plan'", "：条款和"),
    "the order of events": ("update tours_tourevent set index = 990 where event = 'send_plan'", "：第几件和"),
    "by which house": ("update tours_tourevent set office_id = (select id from tours_touroffice where version = 2) where event = 'send_plan'", "：按哪一版和"),
    "what a reason said": ("update tours_tourevent set words = '{\"reason\": \"别问\"}' where event = 'area' and words <> '{}'", "：写的话和记录链里的凭据对不上"),
    "words put in": ("update tours_tourevent set words = '{\"reason\": \"x\"}', salt = 'x' where event = 'send_plan'", "：写的话是后来加的"),
    # how a visit is prepared
    "what was prepared": ("update tours_hostingevent set kind = 'drop' where kind = 'ask'", "：什么事和"),
    "who was asked": ("update tours_hostingevent set fields = '{}' where kind = 'ask'", "：内容和"),
    "who wrote the analysis": (f"update tours_hostingevent set by = {SOMEBODY} where kind = 'note'", "：谁写的和"),
    "when it was written": (f"update tours_hostingevent set at = at - {OLDER} where kind = 'note'", "：时间和"),
    "of which visit it is": ("update tours_hostingevent set visit_id = (select id from tours_tourvisit where number = 1)", "：哪次来访和"),
    "the order of what was prepared": ("update tours_hostingevent set index = 990 where kind = 'note'", "：第几件和"),
    "what it says": ("update tours_hostingevent set words = '{\"aims\": \"别的\"}' where kind = 'note'", "：写的话和记录链里的凭据对不上"),
    "that nobody was reminded": ("update tours_hostingevent set mark = '' where kind = 'warning'", "：提醒的是什么和"),
}  # fmt: skip


@pytest.mark.parametrize("what", FORGED)
def test_what_was_forged_is_found_where_it_stands(kept: Headquarters, what: str) -> None:
    sql, said = FORGED[what]
    unguarded(sql.replace("%", "%%"))
    found = findings(kept)
    assert [f for f in found if said in f], found[:8]


@pytest.mark.parametrize(
    ("sql", "said"),
    [
        (f"update tours_tourvisit set status = 'refused' {FIRST}", "存的情况和重放的不一样"),
        ("delete from tours_tourevent where event = 'clock'", "存的里没有"),
        ("delete from tours_tourevent where event = 'company' and seq = (select min(seq) from tours_tourevent where event = 'company')", "重放是不准"),
        ("update tours_tourevent set because = '好' where event = 'send_plan'", "存的和重放的不一样"),
        ("update tours_tourevent set fields = fields || '{\"warning\": \"task_late\"}' where event = 'clock'", "存的和重放的不一样"),
    ],
)  # fmt: skip
def test_what_was_forged_is_found_by_the_replay(kept: Headquarters, sql: str, said: str) -> None:
    unguarded(sql.replace("%", "%%"))
    found = list(Replayed(kept.site).faults())
    assert [f for f in found if said in f], found[:8]


# Each table the journal witnesses, and what a row put in beside its rows must have of its own.
TABLES: dict[str, tuple[type[SiteRow], dict[str, object]]] = {
    "参观的部门与规定": (TourOffice, {"version": 990}),
    "来访": (TourVisit, {"number": 990, "key_digest": None}),
    "来访的经过": (TourEvent, {"index": 990}),
    "接待的准备": (HostingEvent, {"index": 990, "mark": ""}),
}


def test_every_table_of_visits_has_a_row_to_forge(kept: Headquarters) -> None:
    """The control: without it a table that this house leaves empty would pass all tests here."""
    held = (*VISITS, *HOSTING)
    assert {one.what for one in held} == set(TABLES)
    assert {one.what for one in held if not one.rows(kept.site).exists()} == set()


@pytest.mark.parametrize("what", TABLES)
def test_a_row_that_is_gone_is_missed(kept: Headquarters, what: str) -> None:
    table = TABLES[what][0]._meta.db_table
    unguarded(f"delete from {table} where id = (select min(id::text)::uuid from {table})")
    found = findings(kept)
    assert [f for f in found if f.startswith(what) and "库里没有了" in f], found[:5]


@pytest.mark.parametrize("what", TABLES)
def test_a_row_put_in_behind_the_journals_back_is_found(kept: Headquarters, what: str) -> None:
    model, own = TABLES[what]
    row = model._default_manager.filter(site_id=kept.site)[0]
    row.pk = uuid7()
    for name, value in {"seq": 99999, **own}.items():
        setattr(row, name, value)
    row.save(force_insert=True)
    found = findings(kept)
    assert [f for f in found if f.startswith(f"{what} ") and "绕过程序加进来的" in f], found[:5]


ROUND_IT = (
    "set constraints all immediate; set local yingbin.disposable = off;"
    " set local session_replication_role = replica;"
)


@pytest.mark.clause("TQ-3")
@pytest.mark.parametrize(
    "way",
    [
        "delete from tours_touroffice",
        "update tours_touroffice set version = version + 100",
        "delete from tours_tourevent",
        "update tours_tourevent set fields = '{}'",
        "update tours_tourevent set words = '{\"reason\": \"x\"}' where words <> '{}'",
        "truncate tours_tourevent cascade",
        "delete from tours_hostingevent",
        "update tours_hostingevent set fields = '{}'",
        "truncate tours_touroffice cascade",
    ],
)
def test_no_session_gets_round_a_guard_of_visits(kept: Headquarters, way: str) -> None:
    with pytest.raises(Error, match="refused"), transaction.atomic(), connection.cursor() as cursor:
        cursor.execute(f"{ROUND_IT} {way}")
