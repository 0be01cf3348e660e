"""Who asks to be forgotten goes from the gallery's copy of their question, and from slips nobody linked with them (TQ-11)."""

from datetime import timedelta
from uuid import UUID

import pytest
from django.test import Client

from yingbin.customers import queries as customers
from yingbin.customers.actions import erase_person
from yingbin.customers.models import Customer
from yingbin.duty.actions import lines, questions, visits
from yingbin.duty.actions.written import erase_words
from yingbin.duty.mentions import everywhere
from yingbin.duty.models import PassedQuestion, ShowVisit
from yingbin.duty.visit_ticks import tick
from yingbin.journal.check import check_site
from yingbin.matters.models import Matter, MatterStep
from yingbin.notices.models import Notice
from yingbin.people.models import Assignment, Company, Site, Staff
from yingbin.people.roles import GUARDED, MANAGING, OFFERED, ROLES
from yingbin.rules.gone import ERASED
from yingbin.rules.matters import KINDS

from .beside import Beside
from .doors import BACKEND, enter, shown
from .flat import MONDAY, Flat
from .full import findings
from .test_questions_passed import step, there, told
from .test_visits import WANG, come_in

pytestmark = pytest.mark.clause("TQ-11")
ASKED = "王建国问：我父亲坐轮椅，电梯进得去吗？"


@pytest.fixture
def hall(desk: Flat) -> Beside:
    """The gallery that this flat refers to."""
    return Beside(desk).chosen()


def wang_asks(flat: Flat) -> Matter:
    """王建国 gives his number and asks what only the sales centre knows."""
    visit = come_in(flat)
    flat.do(visits.tell_guests, "叶", visit_id=visit.id, size=2, been=False, note="", **WANG)
    asked = {"visit_id": visit.id, "question": ASKED, "to": "gallery"}
    return Matter.objects.get(id=flat.do(questions.ask_question, "叶", **asked).matter)


def wang(flat: Flat) -> Customer:
    visit = ShowVisit.objects.get(site_id=flat.site, customer_id__isnull=False)
    return Customer.objects.get(id=visit.customer_id)


def erase(flat: Flat, *also: str) -> None:
    card = wang(flat)
    asked = {"customer_id": card.id, "reason": "本人来信", "sure": str(card.number)}
    flat.do(erase_person, "程", also=also, **asked)


def fits(site: UUID) -> bool:
    """Whether the journal of a place and its rows agree."""
    found = [str(f) for line in check_site(site) for f in line.found]
    return [f for f in found if not f.startswith(("角色", "样板间的客人"))] == []


@pytest.mark.parametrize("answered", [False, True])
def test_a_question_at_the_gallery_goes_with_the_visitor_who_asked_it(
    desk: Flat, hall: Beside, answered: bool
) -> None:
    wang_asks(desk)
    tick(desk.now)
    question, manager = there(hall), hall.people["郑岚"]
    if answered:
        step(desk, question, manager, "answer", "王先生放心，进得去。")
        tick(desk.now)
    erase(desk)
    assert (tick(desk.now), tick(desk.now)) == (1, 0)
    question.refresh_from_db()
    assert (question.title, question.detail, question.salt) == (ERASED, "", "")
    assert question.state == ("closed" if answered else "cancelled")
    notes = MatterStep.objects.filter(matter__in=Matter.objects.filter(kind="question"))
    assert [n for n in notes.values_list("note", flat=True) if "王" in n] == []
    assert not Notice.objects.filter(title__contains="轮椅").exists()
    assert any("撤回了，不用再答复" in one for one in told(desk, manager)) is not answered
    own = Matter.objects.get(site_id=desk.site, kind="question")
    assert (own.title, own.state) == (ERASED, "cancelled"), "nobody is left to be told"
    assert f"客户提问 {own.number} 号不用再办了" in told(desk, desk.people["叶"])
    assert PassedQuestion.objects.get().forget == "done"
    assert findings(desk) == []
    assert fits(hall.site)


def test_a_question_that_is_forgotten_on_its_way_never_arrives(desk: Flat, hall: Beside) -> None:
    wang_asks(desk)
    erase(desk)
    tick(desk.now)
    assert not Matter.objects.filter(site_id=hall.site, kind="question").exists()
    assert PassedQuestion.objects.get().state == "kept"
    assert "售楼处没有接" not in "".join(told(desk, desk.people["叶"]))
    assert findings(desk) == []


def test_a_repair_whose_customer_is_forgotten_is_still_to_be_done_and_its_page_says_so(
    desk: Flat, hall: Beside
) -> None:
    wang_asks(desk)
    asked = {"kind": "repair", "post": desk.post, "title": "王先生撞坏了门把手"}
    his = lines.Details(customer=wang(desk).id)
    line = desk.do(lines.open_line, "叶", details=his, **asked)
    erase(desk)
    row = Matter.objects.get(id=line.matter)
    assert (row.title, row.closed_at) == (ERASED, None)
    assert "已按客户要求抹除，事情还没办完" in shown(enter(desk, "叶"), f"/matters/{row.id}/")
    assert findings(desk) == []


@pytest.mark.parametrize(("column", "value"), [("forget", "done"), ("forget", "")])
def test_an_erasure_that_didn_t_happen_is_found(
    desk: Flat, hall: Beside, column: str, value: str
) -> None:
    wang_asks(desk)
    erase(desk)
    PassedQuestion.objects.update(**{column: value})
    assert [f for f in findings(desk) if "转给售楼处的问题" in f and "售楼处的文字" in f]


def slip(flat: Flat, title: str) -> Matter:
    line = flat.do(lines.open_line, "叶", kind="slip", post=flat.post, title=title)
    return Matter.objects.get(id=line.matter)


def test_slips_that_name_the_visitor_are_shown_and_those_with_the_number_are_ticked(
    desk: Flat, hall: Beside
) -> None:
    wang_asks(desk)
    slip(desk, "回电 138-1234-1234")
    slip(desk, "王建国的伞落在门口")
    slip(desk, "给花浇水")
    found = customers.mentions_of(desk.site, wang(desk).id)
    assert [(one.text, one.sure) for one in found] == [
        ("回电 138-1234-1234", True),
        ("王建国的伞落在门口", False),
    ]
    assert {one.title for one in found} == {"单子、事项"}


def test_what_was_ticked_is_struck_out_and_the_namesake_s_stays(desk: Flat, hall: Beside) -> None:
    wang_asks(desk)
    his, other = slip(desk, "回电 13812341234"), slip(desk, "邻居王建国送来图纸")
    keys = {one.text: one.key for one in customers.mentions_of(desk.site, wang(desk).id)}
    erase(desk, keys[his.title], "line:not-a-row")
    his.refresh_from_db()
    other.refresh_from_db()
    assert (his.title, his.salt, his.grams) == (ERASED, "", [])
    assert other.title == "邻居王建国送来图纸"
    assert findings(desk) == []


def test_a_matter_whose_wing_keeps_words_of_its_own_is_left_to_that_wing(desk: Flat) -> None:
    """At a residents' office: what stands there is more than the title."""
    his = slip(desk, "赵六六的水管漏了")
    assert everywhere(desk.site, "赵六六")
    own = next(kind.id for kind in KINDS.values() if kind.by_wing)
    Matter.objects.filter(id=his.id).update(kind=own)
    assert everywhere(desk.site, "赵六六") == []


def test_a_slip_emptied_behind_the_journal_s_back_is_found(desk: Flat) -> None:
    his = slip(desk, "回电 13812341234")
    Matter.objects.filter(id=his.id).update(title=ERASED, salt="")
    assert [f for f in findings(desk) if "空了，但没有删除的记录" in f]


def test_a_slip_and_what_was_noted_with_it_are_crossed_out_by_hand(desk: Flat) -> None:
    his = slip(desk, "赵六六的包")
    step(desk, his, desk.people["叶"], "note", "赵六六来取过")
    found = everywhere(desk.site, "赵六六")
    assert [one.kind.id for one in found] == ["line", "line_step"]
    chosen = tuple(one.key for one in found)
    assert desk.do(erase_words, "程", text="赵六六", chosen=chosen, because="asked") == 2
    assert everywhere(desk.site, "赵六六") == []
    assert findings(desk) == []


def test_a_question_crossed_out_by_hand_goes_at_the_gallery_too(desk: Flat, hall: Beside) -> None:
    wang_asks(desk)
    tick(desk.now)
    chosen = tuple(one.key for one in everywhere(desk.site, "轮椅"))
    desk.do(erase_words, "程", text="轮椅", chosen=chosen, because="mistaken")
    tick(desk.now)
    assert there(hall).title == ERASED
    assert not Matter.objects.filter(kind="question", closed_at=None).exists()
    assert everywhere(hall.site, "轮椅") == []


# Who may


@pytest.mark.parametrize("kind", sorted(OFFERED))
def test_each_kind_of_place_has_somebody_who_finds_opens_and_erases(kind: str) -> None:
    whole = {"customers.find", "customers.all", "customers.erase", "customers.audit"}
    assert [role for role in OFFERED[kind] if whole <= ROLES[role].allows]


def test_whoever_erases_for_ever_has_shown_a_second_factor() -> None:
    erasers = {role.id for role in ROLES.values() if "customers.erase" in role.allows}
    assert erasers <= MANAGING
    assert "customers.erase" in GUARDED


@pytest.fixture
def head(desk: Flat) -> Client:
    """The project head of the flat."""
    Company.objects.update(managers_need_second_factor=False)
    return enter(desk, "程")


def test_the_project_head_sees_the_hits_and_erases_with_those_ticked(
    desk: Flat, hall: Beside, head: Client
) -> None:
    wang_asks(desk)
    slip(desk, "回电 13812341234")
    card = wang(desk)
    page = f"/s/{desk.place.code}/customers/{card.id}/privacy/"
    assert "没有连到这位客户、但写了这个姓名或号码的" in shown(head, page)
    (hit,) = customers.mentions_of(desk.site, card.id)
    sent = {"key": "k", "reason": "本人来信", "sure": str(card.number), "also": hit.key}
    stale = head.post(page, {**sent, "also": "line:gone"})
    assert (stale.status_code, "请从列表里选择一起涂掉" in stale.content.decode()) == (422, True)
    assert head.post(page, sent).status_code == 302
    assert everywhere(desk.site, "13812341234") == []


def test_whoever_answers_for_guests_at_headquarters_may_look_and_erase(db: None) -> None:
    place = Site.objects.create(kind="headquarters", code="hq", name="总部", short_name="总部")
    Company.objects.create(set_up_at=MONDAY, name="澄湖置业")
    who = Staff.objects.create(account="admin1", name="于静")
    since = MONDAY - timedelta(days=9)
    Assignment.objects.create(site=place, staff=who, role="administration", since=since)
    client = Client()
    client.force_login(who, backend=BACKEND)
    page = "/s/hq/customers/retention/"
    assert "/login/code/" in client.get(page)["Location"]
    Company.objects.update(managers_need_second_factor=False)
    assert client.get(page).status_code == 200


def test_who_is_let_go_of_by_the_rule_of_keeping_takes_along_what_says_their_number(
    desk: Flat, hall: Beside, head: Client
) -> None:
    wang_asks(desk)
    his, other = slip(desk, "回电 13812341234"), slip(desk, "邻居王建国送来图纸")
    card = wang(desk)
    Customer.objects.filter(id=card.id).update(last_seen_at=desk.now - timedelta(days=1000))
    sent = {"key": "k", "reason": "公司规定", "customer": f"{card.number}:{card.id}"}
    page = f"/s/{desk.place.code}/customers/retention/erase/?months=24"
    assert "已删除 1 位" in head.post(page, sent, follow=True).content.decode()
    his.refresh_from_db()
    other.refresh_from_db()
    assert (his.title, other.title) == (ERASED, "邻居王建国送来图纸")
