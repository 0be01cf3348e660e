"""Who comes with a visit: a list that only grows, somebody replaced at the gate, minors with whoever answers for each."""

from typing import Any
from uuid import UUID, uuid4

import pytest
from django.db import Error, connection, transaction

from tests.force import unguarded
from yingbin.customers.actions import erase_person
from yingbin.customers.models import Customer
from yingbin.customers.queries import mentions_of
from yingbin.journal.models import Entry
from yingbin.rules.decision import Refused
from yingbin.tours.actions import guests as acts
from yingbin.tours.guest_lines import GuestLine, read_guest, read_guests
from yingbin.tours.models import TourGuest, TourVisit
from yingbin.tours.queries.guests import guest_list, stamp, without_minors
from yingbin.tours.words import application_words

from .headquarters import Headquarters

ZHOU = GuestLine("周岚", "+8613800138000", "带队老师")
HE = GuestLine("李小禾", paper="123X", minor=True, care_of="李梅")
LENA = GuestLine("Lena Hoffmann", role="Chair")


def lived(house: Headquarters) -> None:
    """A class of a school, approved, with its teacher and a pupil on the list; a company of twelve."""
    house.approved("institution", areas=("plant",), headcount=3)
    house.approved("important", day=9)
    write_list(house, ZHOU, HE)


def school(house: Headquarters) -> TourVisit:
    """The school's visit."""
    return TourVisit.objects.get(site=house.place, number=1)


def write_list(house: Headquarters, *lines: GuestLine, by: str = "江") -> acts.ListChange:
    """The school's list is these persons from now on."""
    visit = school(house)
    return house.do(acts.keep_list, by, visit_id=visit.id, guests=lines, seen=stamp(visit))


def replace(house: Headquarters, name: str, comes: GuestLine, by: str = "孟", **more: Any) -> UUID:
    """Somebody else comes in the place of a guest."""
    old = TourGuest.objects.get(name=name, stands="listed")
    told = {"allowed_by": house.id("江"), "why": "生病没来", **more}
    return house.do(
        acts.replace_guest, by, visit_id=old.visit_id, guest_id=old.id, comes=comes, **told
    )


# The list


@pytest.mark.clause("CV-4.1")
def test_a_list_written_anew_keeps_who_stays_and_remembers_who_was_struck_off(
    kept: Headquarters,
) -> None:
    before = {row.name: row.id for row in TourGuest.objects.all()}
    done = write_list(kept, HE, LENA)
    assert (done.added, done.gone) == (1, 1)
    here = {row.name: row.id for row in TourGuest.objects.filter(stands="listed")}
    assert here["李小禾"] == before["李小禾"]
    assert set(here) == {"李小禾", "Lena Hoffmann"}
    gone = TourGuest.objects.get(name="周岚")
    assert (gone.stands, gone.gone_by) == ("gone", kept.id("江"))
    assert kept.faults() == []


@pytest.mark.parametrize(
    ("lines", "said"),
    [
        ((ZHOU, HE), "没有改动"),
        ((ZHOU, HE, LENA, GuestLine("多一位")), "申请的是 3 人"),
        ((ZHOU, LENA, LENA), "写了两次"),
        ((GuestLine(""),), "没有写姓名"),
        ((GuestLine("长" * 41),), "最多 40 个字"),
        ((GuestLine("小明", minor=True),), "由谁照看"),
    ],
)
def test_a_list_that_cannot_be_is_refused_with_what_to_do(
    kept: Headquarters, lines: tuple[GuestLine, ...], said: str
) -> None:
    with pytest.raises(Refused, match=said):
        write_list(kept, *lines)


def test_who_writes_over_a_list_that_changed_meanwhile_is_told(kept: Headquarters) -> None:
    visit = school(kept)
    old = stamp(visit)
    write_list(kept, ZHOU, HE, LENA, by="叶")
    with pytest.raises(Refused, match="刚才被别人改过"):
        kept.do(acts.keep_list, "江", visit_id=visit.id, guests=(ZHOU,), seen=old)


def test_a_name_of_forty_characters_is_kept_whole(kept: Headquarters) -> None:
    longest = "欧阳" * 20
    write_list(kept, ZHOU, HE, GuestLine(longest))
    assert guest_list(school(kept)).guests[-1].name == longest


# At the gate


@pytest.mark.clause("CV-4.1")
def test_a_guest_replaced_at_the_gate_is_known_with_who_allowed_it(kept: Headquarters) -> None:
    new = replace(kept, "周岚", GuestLine("吴老师", role="带队老师"))
    shown = {one.row.id: one for one in guest_list(school(kept)).guests}[new]
    assert (shown.instead, shown.allowed_by) == ("周岚", "江")
    assert (shown.row.by, shown.row.why) == (kept.id("孟"), "生病没来")
    assert kept.faults() == []


@pytest.mark.parametrize(
    ("more", "said"),
    [
        ({"allowed_by": "孟"}, "要接待部或值班队长同意"),
        ({"why": " "}, "为什么换人"),
        ({"comes": GuestLine("小红", minor=True)}, "由谁照看"),
    ],
)
def test_nobody_is_replaced_without_a_reason_and_somebody_who_may_allow_it(
    kept: Headquarters, more: dict[str, Any], said: str
) -> None:
    told = {"comes": LENA, **more}
    if "allowed_by" in told:
        told["allowed_by"] = kept.id(told["allowed_by"])
    with pytest.raises(Refused, match=said):
        replace(kept, "周岚", told.pop("comes"), **told)
    assert TourGuest.objects.get(name="周岚").stands == "listed"


def test_who_was_replaced_is_not_replaced_again_nor_after_the_visit_was_withdrawn(
    kept: Headquarters,
) -> None:
    old = TourGuest.objects.get(name="周岚")
    replace(kept, "周岚", LENA)
    told = {"visit_id": old.visit_id, "comes": ZHOU, "allowed_by": kept.id("江"), "why": "又来了"}
    with pytest.raises(Refused, match="已经不在名单上"):
        kept.do(acts.replace_guest, "孟", guest_id=old.id, **told)
    kept.act("江", "withdraw", old.visit_id)
    with pytest.raises(Refused, match="已经结束或取消"):
        kept.do(acts.replace_guest, "孟", guest_id=old.id, **told)


# Minors


@pytest.mark.clause("CV-4.1")
def test_a_class_without_minors_list_is_found_and_one_with_it_is_not(kept: Headquarters) -> None:
    visit = school(kept)
    assert without_minors([visit]) == set()
    write_list(kept, ZHOU, LENA)
    assert without_minors([visit]) == {visit.id}
    assert guest_list(visit).minors.missing


@pytest.mark.parametrize(
    ("sender", "told", "needed"),
    [
        ("school", {}, True),
        ("school", {"minors": "no"}, False),
        ("company", {}, False),
        ("company", {"minors": "yes"}, True),
    ],
)
def test_a_school_brings_minors_until_it_says_otherwise(
    kept: Headquarters, sender: str, told: dict[str, str], needed: bool
) -> None:
    visit = school(kept)
    visit.words, visit.state = told, {**visit.state, "sender": sender}
    TourGuest.objects.update(stands="gone")
    assert bool(without_minors([visit])) is needed
    said = dict(application_words(told)).get("未满 18 岁的客人", "")
    assert said == {"yes": "有", "no": "没有"}.get(told.get("minors", ""), "")


# What names people


@pytest.mark.clause("TQ-3")
def test_no_name_or_number_of_a_guest_is_in_the_journal(kept: Headquarters) -> None:
    replace(kept, "周岚", GuestLine("吴老师", "+8613900139000"))
    guest = TourGuest.objects.get(name="吴老师")
    kept.do(acts.reveal_guest, "江", visit_id=guest.visit_id, guest_id=guest.id, why="联系来访人")
    written = " ".join(str(body) for body in Entry.objects.values_list("body", flat=True))
    for word in ("周岚", "吴老师", "李小禾", "李梅", "123X", "13800138000", "13900139000", "生病"):
        assert word not in written, word


def test_a_full_number_is_looked_at_with_a_purpose_and_the_look_is_kept(kept: Headquarters) -> None:
    guest = TourGuest.objects.get(name="周岚")
    assert guest_list(school(kept)).guests[0].phone == "138****8000"
    kept.do(acts.reveal_guest, "江", visit_id=guest.visit_id, guest_id=guest.id, why="联系来访人")
    ((_, who, why, number),) = guest_list(school(kept)).looks
    assert (who, why, number) == ("江", "联系来访人", 1)
    with pytest.raises(Refused, match="用途"):
        kept.do(acts.reveal_guest, "江", visit_id=guest.visit_id, guest_id=guest.id, why="")
    pupil = TourGuest.objects.get(name="李小禾")
    with pytest.raises(Refused, match="不在名单上"):
        kept.do(acts.reveal_guest, "江", visit_id=pupil.visit_id, guest_id=pupil.id, why="别的")
    assert kept.faults() == []


def test_a_guest_who_asks_is_forgotten_and_the_others_stay(kept: Headquarters) -> None:
    guest = TourGuest.objects.get(name="李小禾")
    told = {"visit_id": guest.visit_id, "guest_id": guest.id}
    with pytest.raises(Refused, match="依据"):
        kept.do(acts.erase_guest, "白", reason=" ", **told)
    kept.do(acts.erase_guest, "白", reason="家长来电", **told)
    guest.refresh_from_db()
    assert {*guest.words.values(), guest.salt} == {""}
    shown = guest_list(school(kept))
    assert [one.name for one in shown.guests] == ["周岚", "（已删除）"]
    assert shown.minors.named == 1, "that a minor comes is a figure and stays"
    write_list(kept, ZHOU, LENA)
    assert len(guest_list(school(kept)).guests) == 3, "who was forgotten still takes a place"
    assert kept.faults() == []


def test_whoever_asked_for_the_visit_takes_the_whole_list_with_them(kept: Headquarters) -> None:
    card = Customer.objects.get(id=school(kept).customer_id)
    told = {"customer_id": card.id, "reason": "本人来信", "sure": str(card.number)}
    kept.do(erase_person, "白", **told)
    assert not TourGuest.objects.exclude(salt="", name="", care_of="", phone="").exists()
    assert kept.faults() == []


FORGED = {
    "who comes": ("update tours_tourguest set name = '别人'", "：姓名和记录链里的凭据对不上"),
    "that a child comes": ("update tours_tourguest set minor = false", "：未成年和"),
    "who answers for it": ("update tours_tourguest set care_of = '别人'", "：监护人和记录链里的凭据对不上"),
    "a line emptied as if erased": (
        "update tours_tourguest set name = '', phone = '', role = '', paper = '', care_of = '', why = '', salt = ''",
        "空了，但没有删除的记录",
    ),
    "struck off": ("update tours_tourguest set stands = 'gone'", "：还在不在名单上和"),
    "who allowed it": (f"update tours_tourguest set allowed_by = '{uuid4()}'", "：谁准的和"),
    "who looked": (f"update tours_guestlook set by = '{uuid4()}'", "：谁看的和"),
    "a look that is gone": ("delete from tours_guestlook", "库里没有了"),
}  # fmt: skip


@pytest.mark.clause("TQ-11")
@pytest.mark.parametrize("what", FORGED)
def test_what_was_forged_in_a_list_is_found_where_it_stands(kept: Headquarters, what: str) -> None:
    guest = TourGuest.objects.get(name="周岚")
    kept.do(acts.reveal_guest, "江", visit_id=guest.visit_id, guest_id=guest.id, why="联系来访人")
    sql, said = FORGED[what]
    unguarded(sql)
    assert [one for one in kept.faults() if said in one]


@pytest.mark.clause("TQ-3")
@pytest.mark.parametrize(
    "way",
    [
        "update tours_tourguest set name = 'x'",
        "update tours_tourguest set minor = not minor",
        "delete from tours_tourguest",
        "truncate tours_guestlook cascade",
        "update tours_guestlook set why = 'x'",
    ],
)
def test_no_session_rewrites_a_list(kept: Headquarters, way: str) -> None:
    guest = TourGuest.objects.get(name="周岚")
    kept.do(acts.reveal_guest, "江", visit_id=guest.visit_id, guest_id=guest.id, why="联系来访人")
    with pytest.raises(Error, match="refused"), transaction.atomic(), connection.cursor() as cursor:
        cursor.execute(f"set constraints all immediate; set local yingbin.disposable = off; {way}")


# As people type it


@pytest.mark.parametrize(
    ("line", "told"),
    [
        ("周岚，13800138000，带队老师", ZHOU),
        ("1. 周岚\t带队老师\t138 0013 8000", ZHOU),
        ("李小禾；未成年；监护人：李梅；尾号 123x", HE),
        ("李小禾, 家长李梅, 11010120150101123X, minor", HE),
        ("Lena Hoffmann, Chair", LENA),
        ("Lena Hoffmann   Chair", LENA),
        (
            "李小禾，学生，guardian: 李梅",
            GuestLine("李小禾", role="学生", minor=True, care_of="李梅"),
        ),
        ("李小禾，学生，成年", GuestLine("李小禾", role="学生")),
        ("Ana Souza, E12345678", GuestLine("Ana Souza", paper="5678")),
        ("赵启明，老师", GuestLine("赵启明", role="老师")),
        ("", GuestLine("")),
    ],
)
def test_a_line_is_read_however_it_was_typed(line: str, told: GuestLine) -> None:
    assert read_guest(line) == told
    if told.name:
        shown = read_guest(told.text)
        assert (shown.name, shown.role, shown.minor) == (told.name, told.role, told.minor)
        assert (shown.paper, shown.care_of) == (told.paper, told.care_of)
        assert (shown.phone, told.phone) in {("", ""), ("138****8000", "+8613800138000")}


def test_a_masked_number_in_the_box_is_the_one_of_the_list_and_nobody_elses(
    kept: Headquarters,
) -> None:
    hidden = read_guest("周岚，138****8000，校长")
    write_list(kept, hidden, HE)
    assert TourGuest.objects.get(stands="listed", role="校长").phone == "+8613800138000"
    with pytest.raises(Refused, match="没有写全"):
        write_list(kept, hidden, read_guest("别人，138****8000"))


def test_one_teacher_answers_for_all_of_whom_no_line_says_it() -> None:
    told = read_guests("周岚，老师\n小明，学生\n\n小红，学生，监护人：红妈妈", "周岚老师")
    assert [one.care_of for one in told.guests] == ["", "周岚老师", "红妈妈"]
    assert told.faults == []


def test_what_is_wrong_is_said_by_line() -> None:
    told = read_guests("小明，学生\n\n，13800138000\n赵启明，138001380001\n赵启明，138001380001")
    assert told.faults == [(1, "no_care"), (3, "no_name"), (4, "phone"), (5, "phone"), (5, "twice")]


def test_who_is_erased_is_found_on_others_lists_and_struck_out_by_choice(
    kept: Headquarters,
) -> None:
    """周岚 has visited herself as well; a namesake of hers without a number is on a list too."""
    own = kept.apply("important", contact="周岚", phone="13800138000", day=20)
    write_list(kept, ZHOU, HE, GuestLine("周岚", role="校医"))
    card = Customer.objects.get(id=TourVisit.objects.get(id=own).customer_id)
    found = mentions_of(kept.site, card.id)
    assert [(one.sure, "周岚" in one.text) for one in found] == [(True, True), (False, True)]
    told = {"customer_id": card.id, "reason": "本人来信", "sure": str(card.number)}
    kept.do(erase_person, "白", also=(found[0].key, "guest:x"), **told)
    here = TourGuest.objects.filter(stands="listed").order_by("number")
    assert [one.name for one in here] == ["", "李小禾", "周岚"]
    assert kept.faults() == []
