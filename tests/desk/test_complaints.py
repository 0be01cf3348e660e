"""SD-4.2.5: whom a complaint is about never handles it; its cause and what is done about it are kept and shown until done."""

from datetime import timedelta
from uuid import UUID

import pytest
from django.db import DatabaseError, connection, transaction
from django.urls import reverse

from tests.desk.complaining import OWN, complaint, correct, named, reads, refusal, stays_true
from tests.desk.counter import Counter
from tests.desk.till import Till
from tests.force import unguarded
from yingbin.desk.actions import complaints as doing
from yingbin.desk.actions.register import add_to
from yingbin.desk.actions.verbs import guide, remark
from yingbin.journal.check import check_site
from yingbin.matters.models import Matter, Recusal
from yingbin.notices.models import Notice

pytestmark = pytest.mark.clause("SD-4.2.5")


# Who has it, from the moment in which somebody is named


@pytest.mark.parametrize(
    ("by", "about", "owner", "told"),
    [
        ("苏", "苏", "叶", "林"),  # whoever takes the call is who is complained about
        ("苏", "林", "苏", ""),
        ("林", "林", "顾", "顾"),  # the supervisor: the manager is told
        ("林", "苏", "林", ""),
        ("石", "石", "苏", "林"),  # a guard: the desk has it now
        ("苏", "苏叶", "苏", "林"),  # nobody is left at the desk
    ],
)
def test_whoever_it_is_about_hands_it_on_at_once_or_the_chief_does(
    counter: Counter, by: str, about: str, owner: str, told: str
) -> None:
    one = complaint(counter, by, about)
    assert counter.stands(one)[1] == owner
    for chief in "林顾":
        assert ("recused" in counter.heard(chief)) == (chief == told)
    stays_true(counter)


@pytest.mark.parametrize(
    ("by", "owner", "holder"), [("叶", "苏", "钱"), ("林", "苏", "苏"), ("赵", "苏", "赵")]
)
def test_whoever_has_the_task_loses_it_as_far_as_the_rules_let_whoever_names_them(
    counter: Counter, by: str, owner: str, holder: str
) -> None:
    one = complaint(counter)
    counter.offer("苏", one)
    counter.act("钱", "accept", one)
    before = counter.heard("钱")
    named(counter, by, one, "钱")
    assert counter.stands(one)[1:] == (owner, holder)
    assert counter.heard("钱") == before, "whom it is about hears no more of it"
    assert Notice.objects.filter(to_id=counter.id("钱"), title__contains="难听").count() == 0
    assert ("recused" in counter.heard("林")) == (by != "林")
    if holder == "钱":
        assert counter.act("林", "assign", one, to=str(counter.id("孙")), reason="钱要回避")
    assert counter.stands(one)[2] != "钱"
    stays_true(counter)


def test_an_offer_to_the_supervisor_is_taken_back_when_it_is_about_them(counter: Counter) -> None:
    one = complaint(counter)
    for _ in range(2):
        counter.offer("苏", one)
        counter.act("钱", "decline", one, reason="不归我们")
    counter.offer("苏", one)
    assert counter.row(one).offered_to == counter.id("林")
    named(counter, "苏", one, "林")
    assert counter.row(one).offered_to is None
    assert "recused" in counter.heard("顾")
    said = refusal(counter, counter.offer, "苏", one)
    assert said == "投诉的就是林，不能交给本人，请另选一位。"
    assert counter.offer("顾", one) == "顾把这件事转给工程部，等工程部接手。"
    stays_true(counter)


def test_what_repeats_a_complaint_is_about_the_same_people(counter: Counter) -> None:
    complaint(counter, about="苏")
    again = complaint(counter, "苏")
    assert counter.desk(again).linked is not None
    assert counter.stands(again)[1] == "叶"
    assert counter.heard("林").count("repeat") == 1
    assert counter.browser("苏").get(reverse("desk:matter", args=[again])).status_code == 404
    page = counter.browser("叶").get(reverse("desk:matter", args=[again])).content.decode()
    assert "重复的是" in page


def test_opened_again_by_the_call_back_it_doesnt_come_back_to_them(counter: Counter) -> None:
    one = complaint(counter)
    for event, told in (
        ("respond", {}), ("assess", {"severity": "minor"}), ("investigate", {"note": "听了录音"}),
        ("answer", {"text": "道歉"}), ("tell", {}), ("agree", {"agreed": True}),
    ):  # fmt: skip
        counter.act("苏", event, one, **told)
    named(counter, "林", one, "苏")
    assert "recused" not in counter.heard("林"), "it is closed: nobody has it"
    counter.act("林", "call", one, reached=True, score="dissatisfied", asked=False, remark="又来")
    assert counter.stands(one) == ("new", "林", "林")
    stays_true(counter)


# What they can't do: every event of the contract, and everything beside


@pytest.mark.parametrize("who", ["苏", "林", "钱"])
def test_nothing_can_be_done_by_whom_it_is_about(counter: Counter, who: str) -> None:
    one = complaint(counter, "叶", who)
    counter.offer("叶", one)
    events = {
        "respond": {}, "accept": {}, "decline": {"reason": "不接"}, "withdraw": {}, "take": {},
        "assess": {"severity": "minor"}, "investigate": {"note": "没事"}, "answer": {"text": "没事"}, "tell": {},
        "assign": {"to": str(counter.id("孙")), "reason": "换人"}, "cancel": {"reason": "withdrawn"},
        "change": {"kind": "enquiry", "reason": "不算投诉"}, "call": {"reached": False},
        "offer": {"to": f"department:{counter.green.id}"}, "reopen": {"reason": "再来"},
    }  # fmt: skip
    for event, fields in events.items():
        assert refusal(counter, counter.act, who, event, one, **fields) == OWN, event
    other = "没有找到这件事，请回到登记表。"
    for verb, told in ((remark, {"words": "不是我"}), (add_to, {"words": "不是我"})):
        assert refusal(counter, counter.do, verb, who, matter_id=one, **told) == other
    for verb, told in (
        (doing.cause, {"cause": "unfounded"}), (doing.complained_of, {"people": (counter.id("叶"),)}),
        (doing.not_complained_of, {"who": counter.id(who)}),
        (doing.correct, {"what": "算了", "who": counter.id("孙"), "until": counter.now + timedelta(days=1)}),
    ):  # fmt: skip
        assert refusal(counter, counter.do, verb, who, matter_id=one, **told) == OWN


@pytest.mark.parametrize(
    ("by", "event", "fields", "said"),
    [
        ("林", "assign", {"to": "苏"}, "投诉的就是苏，不能交给本人，请另选一位。"),
        ("林", "assign", {"to": "苏", "as": "owner"}, "投诉的就是苏，不能交给本人，请另选一位。"),
        ("叶", "offer", {"to": "绿化部"}, "绿化部的人都要回避，请转给别的部门，或者由主管指派。"),
    ],
)
def test_nobody_gives_it_to_whom_it_is_about(
    counter: Counter, by: str, event: str, fields: dict[str, str], said: str
) -> None:
    one = complaint(counter, "叶", "苏周")
    to = fields["to"]
    party = f"department:{counter.green.id}" if to == "绿化部" else str(counter.id(to))
    told = {**fields, "to": party, **({"reason": "换人"} if event == "assign" else {})}
    assert refusal(counter, counter.act, by, event, one, **told) == said
    page = counter.browser(by).get(reverse("desk:matter", args=[one])).content.decode()
    assert f'value="{party}"' not in page, "nor is it offered"


def test_of_a_department_only_they_are_left_out(counter: Counter) -> None:
    one = complaint(counter, "叶", "钱")
    counter.offer("叶", one)
    assert counter.heard("钱") == []
    assert counter.heard("孙") == ["offered"]
    assert "难听" not in counter.browser("钱").get(reverse("desk:mine")).content.decode()
    assert "难听" in counter.browser("孙").get(reverse("desk:mine")).content.decode()
    assert counter.act("孙", "accept", one) == "孙接手，叶仍负责答复住户。"


def test_what_the_clock_would_tell_them_the_chief_hears(counter: Counter) -> None:
    one = complaint(counter, "叶", "林")
    counter.clock(days=3)
    assert {"late", "level"} & set(counter.heard("林")) == set()
    assert "level" in counter.heard("顾")
    assert counter.stands(one)[1] == "叶"


# What they don't see: raw addresses, every list

ADDRESSES = (
    "matter", "complaint", "attached", "call", "account", "order", "quote", "agree", "finish", "say",
)  # fmt: skip
LISTS = (
    "desk:index", "desk:print_register", "desk:mine", "desk:new", "desk:callbacks", "desk:watch", "desk:load",
    "desk:in_time", "desk:favours", "matters:index",
)  # fmt: skip


@pytest.mark.parametrize("who", ["苏", "林", "钱"])
def test_every_address_of_it_is_nothing_to_whom_it_is_about(counter: Counter, who: str) -> None:
    one = complaint(counter, "叶", who)
    counter.offer("叶", one)
    browser = counter.browser(who)
    for name in ADDRESSES:
        answer = browser.get(reverse(f"desk:{name}", args=[one]))
        assert answer.status_code in (403, 404), name
    for name in ("remark", "complained_of", "complaint_cause", "correct"):
        answer = browser.post(
            reverse(f"desk:{name}", args=[one]), {"key": "k", "words": "x", "cause": "slow"}
        )
        assert answer.status_code in (403, 404), name
    acts = ("respond", "accept", "assign", "investigate", "answer", "tell")
    for event in acts:
        assert browser.post(reverse("desk:act", args=[one, event])).status_code == 404, event
    assert browser.get(reverse("matters:matter", args=[one])).status_code == 404


def test_no_list_shows_it_to_them_and_every_list_to_the_others(counter: Counter) -> None:
    one = complaint(counter, "叶", "林")
    counter.offer("叶", one)
    for who, sees in (("林", False), ("顾", True)):
        browser = counter.browser(who)
        assert ("难听" in reads(browser, *LISTS, which="all")) == sees, who
        found = reads(browser, "desk:index", which="all", words="说话难听")
        assert ("前台说话难听" in found) == sees, who


def test_while_it_is_still_theirs_it_stands_on_the_page_of_the_chief(counter: Counter) -> None:
    """No matter disappears: whoever has it doesn't see it, so the supervisor must."""
    one = complaint(counter, "苏", "苏叶")
    assert counter.stands(one)[1] == "苏"
    for name, told in (("desk:mine", {}), ("desk:watch", {"which": "supervisor"})):
        page = counter.browser("林").get(reverse(name), told).content.decode()
        assert "难听" in page, name
    assert "难听" not in reads(counter.browser("苏"), "desk:mine", "desk:new")


# Who may be named, and that it was a mistake


@pytest.mark.parametrize(
    ("kind", "about", "said"),
    [
        ("help", "苏", "只有投诉要写投诉的是谁。别的事请不要选。"),
        ("complaint", "林顾", "主管和主任里要留一位来处理这件投诉；两位都被投诉的，请报公司处理。"),
    ],
)
def test_whom_it_cannot_be_about_is_refused_with_what_to_do(
    counter: Counter, kind: str, about: str, said: str
) -> None:
    who = tuple(counter.id(one) for one in about)
    assert refusal(counter, counter.record, "叶", kind, about=who) == said
    assert Matter.objects.filter(kind=kind).count() == 0


def test_a_slip_is_taken_back_by_a_chief_whom_it_isnt_about(counter: Counter) -> None:
    one = complaint(counter, "叶", "苏林")
    for who, said in (("叶", "只有主管或主任能取消回避，请找他们。"), ("苏", OWN), ("林", OWN)):
        told = {"matter_id": one, "who": counter.id("苏")}
        assert refusal(counter, counter.do, doing.not_complained_of, who, **told) == said
    counter.do(doing.not_complained_of, "顾", matter_id=one, who=counter.id("苏"))
    assert counter.browser("苏").get(reverse("desk:matter", args=[one])).status_code == 200
    assert refusal(
        counter, counter.do, doing.not_complained_of, "顾", matter_id=one, who=counter.id("苏")
    ).startswith("这位同事没有回避")
    named(counter, "叶", one, "苏")
    assert Recusal.objects.filter(staff_id=counter.id("苏")).count() == 2
    assert counter.browser("苏").get(reverse("desk:matter", args=[one])).status_code == 404
    assert refusal(counter, named, counter, "叶", one, "苏").startswith("已经写过")
    stays_true(counter)


def test_the_supervisors_word_reaches_nobody_whom_it_is_about(counter: Counter) -> None:
    one = complaint(counter, "苏", "苏叶")
    said = "这件事由您自己负责、自己经办。要记下来，请写备注。"
    assert refusal(counter, counter.do, guide, "林", matter_id=one, words="快办") == said
    assert "guidance" not in counter.heard("苏")


# Money of a repair that became a complaint


def turned_against(till: Till) -> UUID:
    """A paid repair whose resident now complains."""
    one = till.finished()
    till.pay(one, 8000)
    till.act("苏", "tell", one)
    till.act("苏", "reopen", one, reason="又堵了，说话还难听")
    till.act("林", "change", one, kind="complaint", reason="投诉主管不管")
    return one


def test_a_refund_is_neither_taken_nor_allowed_by_whom_the_complaint_is_about(till: Till) -> None:
    one = turned_against(till)
    named(till, "苏", one, "林叶")
    asked = till.asked(one, "refund", 1000)
    assert refusal(till, till.granted, asked, "林") == OWN
    other = "没有找到这件事，请回到登记表。"
    assert refusal(till, till.asked, one, "refund", 500, "叶") == other
    assert refusal(till, till.pay, one, 1, by="叶") == other
    till.granted(asked, "顾")
    assert till.browser("叶").get(reverse("desk:account", args=[one])).status_code == 404


@pytest.mark.parametrize("named_first", [True, False])
def test_a_request_about_a_complaint_isnt_there_for_the_chief_whom_it_is_about(
    till: Till, named_first: bool
) -> None:
    one = turned_against(till)
    if named_first:
        named(till, "苏", one, "林")
    asked = till.asked(one, "refund", 1000)
    if not named_first:
        named(till, "苏", one, "林")
    about, chief, other = (
        reverse("approvals:decide", args=[asked]),
        till.browser("林"),
        till.browser("顾"),
    )
    for page in ("approvals:index", "inbox"):
        assert "退款 10 元" not in reads(chief, page)
        assert "退款 10 元" in reads(other, page)
    assert (chief.get(about).status_code, other.get(about).status_code) == (404, 200)
    told = Notice.objects.filter(to_id=till.id("林"), link__contains=str(asked))
    assert [row.title for row in told if "退款" in row.title] == []


# What is changed past the program

SOMEBODY = "gen_random_uuid()"
FORGED = {
    "whom it is about": (f"update matters_recusal set staff_id = {SOMEBODY}", "：谁回避和"),
    "who said so": (f"update matters_recusal set by = {SOMEBODY}", "：谁定的和"),
    "since when": ("update matters_recusal set at = at - interval '1 day'", "：时间和"),
    "that they are let in again": ("delete from matters_recusal", "见过，库里没有了"),
    "the cause": ("update desk_complaintcause set cause = 'unfounded'", "：原因和"),
    "its words": ("update desk_complaintcause set words = '没事'", "：写的话和记录链里的凭据对不上"),
    "who wrote the cause": (f"update desk_complaintcause set by = {SOMEBODY}", "：谁写的和"),
    "who puts it right": (f"update matters_matter set owner_id = {SOMEBODY} where kind = 'correction'", "：负责人和"),
}  # fmt: skip


@pytest.mark.parametrize("what", FORGED)
def test_what_is_altered_past_the_program_is_found(counter: Counter, what: str) -> None:
    one = complaint(counter, about="叶")
    counter.do(doing.cause, "苏", matter_id=one, cause="slow", words="来晚了")
    correct(counter, one, "孙")
    sql, said = FORGED[what]
    unguarded(sql)
    found = [str(f) for line in check_site(counter.site) for f in line.found]
    assert [f for f in found if said in f], [f for f in found if "角色" not in f][:6]


@pytest.mark.clause("TQ-3")
@pytest.mark.parametrize(
    "statement",
    [
        "update matters_recusal set staff_id = gen_random_uuid()", "delete from matters_recusal",
        "update desk_complaintcause set cause = 'unfounded'", "update desk_complaintcause set words = '没事'",
        "delete from desk_complaintcause", "delete from matters_recusalend",
    ],
)  # fmt: skip
def test_the_database_itself_refuses_it(counter: Counter, statement: str) -> None:
    one = complaint(counter, about="叶")
    counter.do(doing.not_complained_of, "林", matter_id=one, who=counter.id("叶"))
    counter.do(doing.cause, "苏", matter_id=one, cause="slow", words="来晚了")
    with pytest.raises(DatabaseError, match="final"), transaction.atomic():
        connection.cursor().execute(statement)
