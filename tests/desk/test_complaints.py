"""SD-4.2.5: whom a complaint is about never handles it; its cause and what is done about it are kept and shown until done."""

from datetime import timedelta
from typing import Any
from uuid import UUID

import pytest
from django.db import DatabaseError, connection, transaction
from django.test import Client
from django.urls import reverse

from tests.desk.counter import Counter
from tests.desk.till import Till
from tests.force import unguarded
from yingbin.desk.actions import complaints as doing
from yingbin.desk.actions.register import add_to
from yingbin.desk.actions.verbs import guide, remark
from yingbin.desk.checking import Replayed
from yingbin.desk.models import ComplaintCause
from yingbin.journal.check import check_site
from yingbin.matters.actions import done
from yingbin.matters.models import Matter, Recusal
from yingbin.matters.ticks import tick
from yingbin.notices.models import Notice
from yingbin.rules.decision import Refused

pytestmark = pytest.mark.clause("SD-4.2.5")
OWN = "这件投诉涉及您本人，您要回避；主管会交给别的同事。"


def complaint(counter: Counter, by: str = "苏", about: str = "", **told: Any) -> UUID:
    """A resident complains; about: of whom, by their names."""
    who = tuple(counter.id(one) for one in about)
    said = {"title": "前台说话难听", "home": "5-1-101", "subject": "staff", **told}
    return counter.record(by, "complaint", about=who, **said)


def named(counter: Counter, by: str, one: UUID, about: str) -> None:
    """Somebody says whom it is about."""
    counter.do(
        doing.complained_of, by, matter_id=one, people=tuple(counter.id(who) for who in about)
    )


def refusal(counter: Counter, *what: Any, **told: Any) -> str:
    """The words with which it is refused."""
    with pytest.raises(Refused) as no:
        what[0](*what[1:], **told)
    return no.value.message


def stays_true(counter: Counter) -> None:
    """The rules and the journal still bear everything out."""
    assert list(Replayed(counter.site).faults()) == []
    found = [str(f) for line in check_site(counter.site) for f in line.found]
    assert [f for f in found if not f.startswith(("角色", "开门", "部门"))] == []


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


def reads(browser: Client, *names: str, **told: str) -> str:
    """All these pages, one after another."""
    return "".join(browser.get(reverse(one), told).content.decode() for one in names)


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


# Cause and correction


def test_a_cause_from_the_list_and_in_words_is_kept_and_the_last_counts(counter: Counter) -> None:
    one = complaint(counter)
    told = {"matter_id": one}
    for said, fields in (
        ("请选一项原因。", {"cause": "weather"}),
        ("选了“其他”，请写一句是什么原因。", {"cause": "other"}),
    ):
        assert refusal(counter, counter.do, doing.cause, "苏", **told, **fields) == said
    assert refusal(counter, counter.do, doing.cause, "叶", **told, cause="slow").startswith(
        "由负责人"
    )
    for cause, words in (("unfounded", ""), ("manner", "新来的，没有培训")):
        counter.do(doing.cause, "苏", **told, cause=cause, words=words)
    assert ComplaintCause.objects.count() == 2
    page = counter.browser("叶").get(reverse("desk:matter", args=[one])).content.decode()
    assert "态度不好" in page
    assert "新来的，没有培训" in page
    assert "不属实" not in page
    helped = counter.record()
    said = "只有投诉要写原因和整改。"
    assert refusal(counter, counter.do, doing.cause, "苏", matter_id=helped, cause="slow") == said
    stays_true(counter)


def correct(counter: Counter, one: UUID, who: str, by: str = "苏", **told: Any) -> UUID:
    """What is done about it, within two days unless said otherwise."""
    fields = {"what": "前台重新培训", "until": counter.now + timedelta(days=2), **told}
    made = counter.do(doing.correct, by, matter_id=one, who=counter.id(who), **fields)
    return UUID(str(made.matter))


def test_a_correction_waits_for_whoever_does_it_is_told_late_and_is_shown_until_done(
    counter: Counter,
) -> None:
    one = complaint(counter)
    made = correct(counter, one, "叶")
    assert counter.heard("叶") == ["open"]
    assert "前台重新培训" in reads(counter.browser("叶"), "matters:index")
    counter.later(days=3)
    tick(counter.now)
    assert [("late" in counter.heard(who)) or ("escalate" in counter.heard(who)) for who in "叶林"] == [True, True]  # fmt: skip
    page = counter.browser("苏").get(reverse("desk:matter", args=[one])).content.decode()
    assert "过期" in page
    counter.act("林", "cancel", one, reason="withdrawn")
    page = counter.browser("苏").get(reverse("desk:complaint", args=[one])).content.decode()
    assert "过期" in page, "also when the complaint is over"
    counter.do(done, "叶", matter_id=made, note="培训了两个小时")
    page = counter.browser("苏").get(reverse("desk:matter", args=[one])).content.decode()
    assert "做完了" in page
    stays_true(counter)


@pytest.mark.parametrize(
    ("told", "said"),
    [
        ({"what": " "}, "请写要做什么，免得再有人投诉。"),
        ({"until": timedelta(minutes=-1)}, "期限已经过了，请选以后的时间。"),
        ({"who": "叶"}, "投诉的就是这位同事，整改要由别人来做。"),
        ({"by": "叶"}, OWN),
    ],
)
def test_what_is_no_correction_is_refused(
    counter: Counter, told: dict[str, Any], said: str
) -> None:
    one = complaint(counter, about="叶")
    fields = {"who": "孙", **told}
    if "until" in fields:
        fields["until"] = counter.now + fields["until"]
    assert refusal(counter, correct, counter, one, **fields) == said


def test_whom_it_is_about_sees_no_correction_of_it_either(counter: Counter) -> None:
    one = complaint(counter)
    made = correct(counter, one, "孙")
    named(counter, "苏", one, "林")
    later = correct(counter, one, "孙", what="换一套说法")
    browser = counter.browser("林")
    for matter in (made, later):
        assert browser.get(reverse("matters:matter", args=[matter])).status_code == 404
    counter.later(days=3)
    tick(counter.now)
    assert [kind for kind in counter.heard("林") if kind in ("late", "escalate")] == []
    assert "培训" not in reads(browser, "matters:index")


def test_the_page_asks_and_says_all_of_it(counter: Counter) -> None:
    one = complaint(counter)
    browser, at = counter.browser("苏"), reverse("desk:complaint", args=[one])
    assert "还没有写" in browser.get(at).content.decode()
    bad = browser.post(reverse("desk:complaint_cause", args=[one]), {"key": "a", "cause": ""})
    assert bad.status_code == 422
    assert "请选一项原因。" in bad.content.decode()
    until = f"{counter.now + timedelta(days=2):%Y-%m-%dT%H:%M}"
    for name, told in (
        ("complaint_cause", {"cause": "slow", "words": "夜里只有一个人"}),
        ("correct", {"what": "夜班加一人", "who": str(counter.id("赵")), "until": until}),
        ("complained_of", {"about": [str(counter.id("石"))]}),
    ):
        answer = browser.post(reverse(f"desk:{name}", args=[one]), {"key": name, **told})
        assert answer.status_code == 302, (name, answer.content.decode()[-900:])
    page = browser.get(at).content.decode()
    for word in ("来得慢、办得慢", "夜里只有一个人", "夜班加一人", "石", "已回避"):
        assert word in page
    chief = counter.browser("林")
    gone = reverse("desk:not_complained_of", args=[one, counter.id("石")])
    assert chief.post(gone, {"key": "n"}).status_code == 302
    assert "已回避" not in chief.get(at).content.decode()
    assert counter.browser("苏").get(reverse("desk:complaint", args=[counter.record()])).status_code == 404  # fmt: skip


def test_the_supervisors_word_reaches_nobody_whom_it_is_about(counter: Counter) -> None:
    one = complaint(counter, "苏", "苏叶")
    said = "这件事由您自己负责、自己经办。要记下来，请写备注。"
    assert refusal(counter, counter.do, guide, "林", matter_id=one, words="快办") == said
    assert "guidance" not in counter.heard("苏")


# Money of a repair that became a complaint


def test_a_refund_is_neither_taken_nor_allowed_by_whom_the_complaint_is_about(till: Till) -> None:
    one = till.finished()
    till.pay(one, 8000)
    till.act("苏", "tell", one)
    till.act("苏", "reopen", one, reason="又堵了，说话还难听")
    till.act("林", "change", one, kind="complaint", reason="投诉主管不管")
    named(till, "苏", one, "林叶")
    asked = till.asked(one, "refund", 1000)
    assert refusal(till, till.granted, asked, "林") == OWN
    other = "没有找到这件事，请回到登记表。"
    assert refusal(till, till.asked, one, "refund", 500, "叶") == other
    assert refusal(till, till.pay, one, 1, by="叶") == other
    till.granted(asked, "顾")
    assert till.browser("叶").get(reverse("desk:account", args=[one])).status_code == 404


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


@pytest.mark.clause("SD-3.3")
def test_the_supervisor_has_all_corrections_in_one_list_what_is_overdue_first(
    counter: Counter,
) -> None:
    one = complaint(counter)
    for what, who, days in (("三天内做", "叶", 3), ("一天内做", "孙", 1), ("五天内做", "钱", 5)):
        correct(counter, one, who, what=what, until=counter.now + timedelta(days=days))
    counter.later(days=4)
    page = reads(counter.browser("林"), "desk:corrections")
    places = [page.index(what) for what in ("一天内做", "三天内做", "五天内做")]
    assert places == sorted(places)
    assert page.count("过期 ") == 2
    assert all(who in page for who in ("孙", "叶", "钱"))
    assert "is-late" in page.partition("投诉整改 <b")[0].rpartition("<a ")[2]


def test_a_correction_that_is_done_goes_to_the_other_list(counter: Counter) -> None:
    one = complaint(counter)
    made = correct(counter, one, "叶")
    counter.do(done, "叶", matter_id=made, note="培训了两个小时")
    assert "没有要列的整改" in reads(counter.browser("林"), "desk:corrections")
    page = counter.browser("林").get(reverse("desk:corrections"), {"which": "done"})
    assert "做完了" in page.content.decode()
    assert counter.browser("林").get(reverse("desk:corrections"), {"which": "x"}).status_code == 404
    assert counter.browser("苏").get(reverse("desk:corrections")).status_code == 403


def test_a_chief_doesnt_see_the_corrections_of_a_complaint_about_themselves(
    counter: Counter,
) -> None:
    one = complaint(counter)
    named(counter, "苏", one, "林")
    correct(counter, one, "孙")
    other = complaint(counter, home="7-1-101", subject="noise", title="夜里装修")
    correct(counter, other, "孙", what="换一套说法")
    page = reads(counter.browser("林"), "desk:corrections")
    assert "换一套说法" in page
    assert "培训" not in page
    assert "培训" in reads(counter.browser("顾"), "desk:corrections")
