"""What the owner of the database does to the desk's records with all refusals switched off is found and named where it stands."""

import pytest

from tests.desk.house import House, furnished
from tests.force import unguarded
from yingbin.desk.checking import Replayed
from yingbin.desk.models import (
    Building,
    DeskEvent,
    DeskMatter,
    DeskNote,
    DeskOffice,
    Home,
    Phase,
    ResidentNote,
    Tenancy,
)
from yingbin.desk.witnesses import of_desk
from yingbin.desk.witnesses.estate import ESTATE
from yingbin.desk.witnesses.matters import MATTERS
from yingbin.journal import check
from yingbin.journal.check import check_site
from yingbin.people.ids import uuid7
from yingbin.people.rows import SiteRow

pytestmark = pytest.mark.clause("TQ-11")
SCENES_PLAYED = ("办结的投诉", "完工的有偿", "当场答的咨询", "转着的求助")
PLAYED_TOO = furnished


def findings(house: House) -> list[str]:
    """What the check finds; roles and hours were given by the helpers, behind the journal's back."""
    found = [str(f) for line in check_site(house.site) for f in line.found]
    return [f for f in found if not f.startswith(("角色", "开门", "部门"))]


@pytest.fixture(autouse=True)
def the_desk_alone(monkeypatch: pytest.MonkeyPatch) -> None:
    """What was forged is of the desk; the other wings needn't be read for each of these tests."""
    monkeypatch.setattr(check, "witnesses", lambda site: [of_desk(site)])
    monkeypatch.setattr(check, "_guards", lambda: iter(()))


def test_nothing_is_found_where_nothing_was_forged(
    house: House, monkeypatch: pytest.MonkeyPatch
) -> None:
    assert findings(house) == []
    monkeypatch.undo()
    assert findings(house) == [], "nor by the whole check"
    assert list(Replayed(house.site).faults()) == []


def test_every_table_of_matters_and_estate_has_a_row_to_forge(house: House) -> None:
    """The control: without it a table that this office leaves empty would pass all tests below."""
    held = (*MATTERS, *ESTATE)
    assert {one.what for one in held if not one.rows(house.site).exists()} == set()
    assert {one.what for one in held} == set(TABLES)


SOMEBODY = "gen_random_uuid()"
OLDER = "interval '1 hour'"
FORGED = {
    # the office of then
    "who supervised": ("update desk_deskoffice set people = people || '{\"supervisor\": \"x\"}' where version = 1", "：人员和"),
    "how long one may pause": ("update desk_deskoffice set policy = policy || '{\"pause_cap\": 1}'", "：规定和"),
    "which days were worked": ("update desk_deskoffice set calendar = '{}' where version = 2", "：日历和"),
    "since when": (f"update desk_deskoffice set at = at - {OLDER}", "：时间和"),
    "which version it was": ("update desk_deskoffice set version = 9 where version = 2", "：第几版和"),
    # the register's rows
    "the number of a matter": ("update desk_deskmatter set number = 990 where number = 1", "2026-0990 号：编号和"),
    "the year of a matter": ("update desk_deskmatter set year = 2025 where number = 1", "：年份和"),
    "which home it was of": ("update desk_deskmatter set home = 'x'", "：哪一户和"),
    "which house it was of": ("update desk_deskmatter set home_id = null where home_id is not null", "：房屋和"),
    "what it was about": ("update desk_deskmatter set subject = 'green' where number = 1", "：事项和"),
    "how it came in": ("update desk_deskmatter set source = 'letter' where number = 1", "：来源和"),
    "how many steps it had": ("update desk_deskmatter set events = events - 1 where number = 1", "：几件事和"),
    "when it last moved": (f"update desk_deskmatter set moved_at = moved_at - {OLDER} where number = 1", "：最后一次变动和"),
    "where it was": ("update desk_deskmatter set place = '9-9-909' where number = 1", "：地点和记录链里的凭据对不上"),
    "who told it": ("update desk_deskmatter set caller = '李女士' where caller <> ''", "：来电来访人和记录链里的凭据对不上"),
    "a caller emptied as if erased": ("update desk_deskmatter set caller = '', salt = '' where caller <> ''", "：来电来访人空了，但没有删除的记录"),
    "a caller put in": ("update desk_deskmatter set caller = '李女士', salt = 'x' where number = 1", "：来电来访人是后来加的"),
    # events
    "an event's fields": ("update desk_deskevent set fields = '{}' where event = 'assess'", "：内容和"),
    "what happened": ("update desk_deskevent set event = 'respond' where event = 'arrive'", "：什么事和"),
    "who did it": (f"update desk_deskevent set by = {SOMEBODY} where event = 'done'", "：谁做的和"),
    "when it was done": (f"update desk_deskevent set at = at - {OLDER} where event = 'done'", "：时间和"),
    "why it was accepted": ("update desk_deskevent set because = '好' where event = 'tell'", "：判定的话和"),
    "under which clause": ("update desk_deskevent set clause = 'SF-9' where event = 'tell'", "：条款和"),
    "by which office": ("update desk_deskevent set office_id = (select id from desk_deskoffice where version = 2) where event = 'tell'", "：按哪一版和"),
    "whose event it was": ("update desk_deskevent set index = 77, matter_id = (select id from desk_deskmatter where number = 1) where event = 'quote'", "：哪件事和"),
    "the order of events": ("update desk_deskevent set index = 990 where event = 'quote'", "：第几件和"),
    "what an answer said": ("update desk_deskevent set words = '{\"text\": \"明天再说\"}' where event = 'answer'", "：写的话和记录链里的凭据对不上"),
    "a reason emptied as if erased": ("update desk_deskevent set words = '{}', salt = '' where event = 'decline'", "：写的话空了，但没有删除的记录"),
    "words put in": ("update desk_deskevent set words = '{\"note\": \"x\"}', salt = 'x' where event = 'arrive'", "：写的话是后来加的"),
    # notes
    "what the supervisor said": ("update desk_desknote set words = '别管' where what = 'guidance'", "：写的话和记录链里的凭据对不上"),
    "to whom they said it": (f"update desk_desknote set \"to\" = {SOMEBODY} where what = 'guidance'", "：写给谁和"),
    "a remark made guidance": ("update desk_desknote set what = 'guidance' where what = 'remark'", "：是什么和"),
    "who wrote it": (f"update desk_desknote set by = {SOMEBODY}", "：谁写的和"),
    "when they wrote it": (f"update desk_desknote set at = at - {OLDER}", "：时间和"),
    # the estate
    "what a phase is called": ("update desk_phase set name = '九期'", "期和组团 九期：内容和"),
    "what a building is called": ("update desk_building set name = '33' where name = '3'", "：内容和"),
    "what a home is called": ("update desk_home set label = '9-9-909' where area is not null", "房屋 9-9-909：内容和"),
    "how large it is": ("update desk_home set area = 200 where area is not null", "：内容和"),
    "whether it was handed over": ("update desk_home set delivery = 'sold' where area is not null", "：内容和"),
    "when it was handed over": ("update desk_home set delivered_on = null where area is not null", "：内容和"),
    "that it was changed": ("update desk_home set changed_seq = null where area is not null", "：改在第几条和"),
    "a home taken out": ("update desk_home set removed_at = now() where label = '4-1-102'", "房屋 4-1-102：撤销时间和"),
    "a home put back": ("update desk_home set removed_at = null where label = '5-1-101'", "房屋 5-1-101：撤销时间和"),
    "who lives there": (f"update desk_tenancy set customer_id = {SOMEBODY} where capacity = 'family'", "：内容和"),
    "as what they live there": ("update desk_tenancy set capacity = 'tenant' where capacity = 'family'", "：内容和"),
    "since when they live there": ("update desk_tenancy set since = '2020-01-01' where since is not null", "：内容和"),
    "when they left": ("update desk_tenancy set until = until + 1 where until is not null", "：搬走的日子和"),
    "that they left at all": ("update desk_tenancy set until = null, ended_at = null, ended_by = null where until is not null", "：记搬走的时间和"),
    "who wrote down that they left": (f"update desk_tenancy set ended_by = {SOMEBODY} where until is not null", "：谁记的搬走和"),
    "who wrote them down": (f"update desk_tenancy set by = {SOMEBODY}", "：谁登记的和"),
    "what a note is about": ("update desk_residentnote set about = 'care' where removed_at is null", "：哪方面和"),
    "what it says": ("update desk_residentnote set text = '右耳不好' where removed_at is null", "：说明和记录链里的凭据对不上"),
    "who may read it": ("update desk_residentnote set readers = 'work'", "：谁能看和"),
    "on whom it is": (f"update desk_residentnote set customer_id = {SOMEBODY}", "：谁的和"),
    "that it still holds": ("update desk_residentnote set removed_at = null", "：取消时间和"),
    "that it no longer holds": ("update desk_residentnote set removed_at = now() where removed_at is null", "：取消时间和"),
}  # fmt: skip
# How things stand now is the fold of the events: each column is held against the last of them.
FOLDED = {
    "linked_id": "(select id from desk_deskmatter where number = 1)",
    "amount": "1",
    "quote": "1",
    "quote_agreed": "not quote_agreed",
    "responded": "not responded",
    "disagreed": "disagreed + 1",
    "reopened": "not reopened",
    "handled": "'{}'",
    "callback": "'done'",
    "callback_due_at": "now()",
    "callback_attempts": "'[[\"2026-11-23\", 9]]'",
    "callback_score": "'satisfied'",
}


@pytest.mark.parametrize("what", FORGED)
def test_what_was_forged_is_found_where_it_stands(house: House, what: str) -> None:
    sql, said = FORGED[what]
    unguarded(sql.replace("%", "%%"))
    found = findings(house)
    assert [f for f in found if said in f], found[:8]


@pytest.mark.parametrize("column", FOLDED)
def test_how_a_matter_stands_is_found_by_the_journal_and_by_the_replay(
    house: House, column: str
) -> None:
    value = FOLDED[column]
    unguarded(f"update desk_deskmatter set {column} = {value} where number = 2")
    assert [f for f in findings(house) if "2026-0002 号：现在的情况和" in f]
    assert list(Replayed(house.site).faults()) == ["2026-0002 号：存的情况和重放的不一样"]


def test_every_folded_column_is_forged_here() -> None:
    from yingbin.desk.folding import FOLDED as KEPT

    assert {name.removesuffix("_id") for name in FOLDED} == set(KEPT)


# Each table the journal witnesses, and what a row put in beside its rows must have of its own.
TABLES: dict[str, tuple[type[SiteRow], dict[str, object]]] = {
    "客服台的人员与规定": (DeskOffice, {"version": 990}),
    "来电来访": (DeskMatter, {"number": 990}),
    "来电来访的经过": (DeskEvent, {"index": 990}),
    "来电来访的备注": (DeskNote, {}),
    "期和组团": (Phase, {"name": "九期"}),
    "楼栋": (Building, {"name": "99"}),
    "房屋": (Home, {"label": "9-9-909"}),
    "住户": (Tenancy, {"capacity": "company"}),
    "住户提醒": (ResidentNote, {}),
}


@pytest.mark.parametrize("what", TABLES)
def test_a_row_that_is_gone_is_missed(house: House, what: str) -> None:
    table = TABLES[what][0]._meta.db_table
    unguarded(f"delete from {table} where id = (select min(id::text)::uuid from {table})")
    found = findings(house)
    assert [f for f in found if f.startswith(what) and "库里没有了" in f], found[:5]


@pytest.mark.parametrize("what", [one for one in TABLES if one != "来电来访"])
def test_a_row_put_in_behind_the_journals_back_is_found(house: House, what: str) -> None:
    model, own = TABLES[what]
    row = model.objects.filter(site_id=house.site)[0]
    row.pk = uuid7()
    for name, value in {"seq": 99999, **own}.items():
        setattr(row, name, value)
    row.save(force_insert=True)
    found = findings(house)
    assert [f for f in found if f.startswith(f"{what} ") and "绕过程序加进来的" in f], found[:5]
