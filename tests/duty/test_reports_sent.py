"""《物品损坏报告单》 goes to the developer's department: mailed with the PDF, sent again, or handed over; kept with who and when (SF-4.3.4)."""

import json
from collections.abc import Callable
from datetime import timedelta
from uuid import UUID

import pytest
from apprise.plugins.email import base

from yingbin.duty import report_ticks
from yingbin.duty.actions.reports import send_report
from yingbin.duty.models import ReportSending
from yingbin.duty.policies import ROUTES
from yingbin.duty.queries.reports import sendings, usual_address
from yingbin.journal.models import Entry
from yingbin.notices import channels
from yingbin.notices.channels import Letter, Outcome
from yingbin.notices.models import Notice
from yingbin.people.models import Assignment, Staff
from yingbin.people.policies import set_policy
from yingbin.rules.decision import Refused

from .doors import enter, here, shown
from .flat import MONDAY, Flat
from .full import damage, findings

DEPARTMENT = "gongcheng@chenghu.example"
Post = list[tuple[str, Letter, str, str]]


@pytest.fixture
def post(settings: pytest.MonkeyPatch, monkeypatch: pytest.MonkeyPatch) -> Post:
    """The installation has a mail channel; what would go over it."""
    settings.YINGBIN_CHANNELS = "group=wecombot://key mail=mailtos://a:b@chenghu.example"  # type: ignore[attr-defined]
    went: Post = []

    def mail(name: str, letter: Letter, *, title: str, body: str) -> Outcome:
        went.append((name, letter, title, body))
        return Outcome(True)

    monkeypatch.setattr(channels, "mail", mail)
    monkeypatch.setattr(report_ticks, "damage_report", lambda matter, by, at: b"%PDF-1.7 report")
    return went


def send(day: Flat, way: str = "mail", to_whom: str = DEPARTMENT, who: str = "许") -> UUID:
    return day.do(send_report, who, matter=damage(day), way=way, to_whom=to_whom)


@pytest.mark.clause("SF-4.3.4")
def test_the_report_is_mailed_with_its_pdf_and_the_damage_says_who_sent_it_to_whom(
    day: Flat, post: Post
) -> None:
    send(day)
    assert [one.words for one in sendings(damage(day))] == ["正在发送"]
    assert (report_ticks.tick(day.now), report_ticks.tick(day.now)) == (1, 0)
    ((name, letter, title, body),) = post
    assert (name, letter.to, letter.data[:4]) == ("mail", DEPARTMENT, b"%PDF")
    assert "物品损坏报告单" in title
    assert "附件" in body
    (seen,) = sendings(damage(day))
    assert (seen.by, seen.words, seen.row.to_whom) == ("许", "已发出", DEPARTMENT)
    assert findings(day) == []


def test_no_address_and_no_words_of_the_damage_stand_in_the_journal(day: Flat, post: Post) -> None:
    send(day)
    report_ticks.tick(day.now)
    told = Entry.objects.filter(site_id=day.site, kind__startswith="duty.report")
    assert [one.kind for one in told.order_by("seq")] == ["duty.report_sending", "duty.report_sent"]
    assert DEPARTMENT not in "".join(json.dumps(one.body) for one in told)


def test_sent_again_it_goes_again_and_both_are_kept(day: Flat, post: Post) -> None:
    for _ in range(2):
        send(day)
        report_ticks.tick(day.now)
    assert [one.row.number for one in sendings(damage(day))] == [2, 1]
    assert len(post) == 2


def test_a_line_that_fails_is_tried_again_and_in_the_end_given_up_with_a_word_to_the_sender(
    day: Flat, post: Post, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(channels, "mail", lambda *a, **k: Outcome(False, "连不上对方服务器"))
    send(day)
    assert report_ticks.tick(day.now) == 0
    (seen,) = sendings(damage(day))
    assert seen.words == "没有发成，会再试（连不上对方服务器）"
    assert report_ticks.tick(day.now + timedelta(seconds=1)) == 0
    assert ReportSending.objects.get().attempts == 1
    for n in range(1, 9):
        report_ticks.tick(day.now + timedelta(hours=2 * n))
    (seen,) = sendings(damage(day))
    assert seen.words == "没有发成（连不上对方服务器）"
    assert Notice.objects.filter(to_id=day.people["许"], title__contains="没有发成").count() == 1
    assert findings(day) == []


@pytest.mark.parametrize(
    ("way", "to_whom", "said"),
    [
        ("mail", "工程部", "邮箱写得不对"),
        ("mail", "", "邮箱写得不对"),
        ("hand", " ", "交给了谁"),
        ("fax", DEPARTMENT, "用邮件发"),
    ],
)
def test_what_can_t_be_sent_says_why_and_keeps_nothing(
    day: Flat, post: Post, way: str, to_whom: str, said: str
) -> None:
    with pytest.raises(Refused, match=said):
        send(day, way, to_whom)
    assert not ReportSending.objects.exists()


@pytest.mark.clause("SF-4.3.4")
def test_without_a_mail_channel_it_says_so_and_keeps_to_whom_it_was_handed(day: Flat) -> None:
    with pytest.raises(Refused, match="请下载报告单自己送去"):
        send(day)
    send(day, "hand", "工程部 李工", who="叶")
    (seen,) = sendings(damage(day))
    assert (seen.by, seen.words, seen.row.get_way_display()) == ("叶", "已发出", "自己送的")
    assert findings(day) == []


def test_another_place_s_damage_is_sent_by_nobody_here(day: Flat, post: Post) -> None:
    other = Flat()
    with pytest.raises(Refused, match="没有这张"):
        other.do(send_report, "许", matter=damage(day), way="mail", to_whom=DEPARTMENT)


def _chosen(day: Flat) -> None:
    values = {"mail": "baoxiu@chenghu.example"}
    day.do(set_policy, "许", name=ROUTES.name, values=values, reason="地产换了邮箱")


def _has_one(day: Flat) -> None:
    who = Staff.objects.create(account="dev", name="李工", email=DEPARTMENT)
    since = MONDAY - timedelta(days=3)
    Assignment.objects.create(site=day.place, staff=who, role="developer_department", since=since)


@pytest.mark.parametrize(
    ("known", "address"),
    [((), ""), ((_has_one,), DEPARTMENT), ((_has_one, _chosen), "baoxiu@chenghu.example")],
)
def test_the_address_is_the_site_s_own_choice_else_the_department_s(
    day: Flat, known: tuple[Callable[[Flat], None], ...], address: str
) -> None:
    for learn in known:
        learn(day)
    assert usual_address(day.site, day.now) == address


def test_a_forged_outcome_is_found(day: Flat, post: Post) -> None:
    send(day)
    ReportSending.objects.update(state="sent")
    assert [f for f in findings(day) if "发出没有" in f]


def test_the_page_sends_and_says_what_became_of_it(day: Flat, post: Post) -> None:
    path, lead = here(day, f"line/{damage(day)}/sending/"), enter(day, "许")
    assert "用邮件发出" in shown(lead, path)
    told = {"key": "a", "way": "mail", "to_whom": DEPARTMENT}
    page = lead.post(path, told, follow=True).content.decode()
    assert "正在发送，发出后这里写明" in page
    assert DEPARTMENT in page
    refused = lead.post(path, {**told, "key": "b", "to_whom": "工程部"})
    assert (refused.status_code, "邮箱写得不对" in refused.content.decode()) == (422, True)


def test_the_page_without_mail_offers_the_download_and_the_note_alone(day: Flat) -> None:
    page = shown(enter(day, "许"), here(day, f"line/{damage(day)}/sending/"))
    assert ("damage-sheet" in page, "用邮件发出" in page) == (True, False)
    assert "请下载报告单自己送去" in page


def test_a_letter_goes_to_its_own_address_with_the_pdf_in_it(
    settings: pytest.MonkeyPatch, monkeypatch: pytest.MonkeyPatch
) -> None:
    settings.YINGBIN_CHANNELS = "mail=mailtos://a:b@chenghu.example?to=duty@chenghu.example"  # type: ignore[attr-defined]
    went: list[tuple[list[str], str]] = []

    class Line:
        """A mail server that takes everything."""

        def __init__(self, **_: object) -> None: ...
        def __enter__(self) -> "Line":
            return self

        def __exit__(self, *_: object) -> None: ...
        def sendmail(self, _: str, to: list[str], body: str) -> bool:
            went.append((to, body))
            return True

    monkeypatch.setattr(base, "AppriseSMTPController", Line)
    letter = Letter(DEPARTMENT, "物品损坏报告单 3.pdf", b"%PDF-1.7 report")
    assert channels.mail(channels.mailing(), letter, title="报告单", body="附件") == Outcome(True)
    ((to, body),) = went
    assert to == [DEPARTMENT]
    assert "application/pdf" in body


def test_a_group_robot_is_no_mail(settings: pytest.MonkeyPatch) -> None:
    settings.YINGBIN_CHANNELS = "group=wecombot://key"  # type: ignore[attr-defined]
    assert channels.mailing() == ""
    outcome = channels.mail("group", Letter(DEPARTMENT, "a.pdf", b""), title="", body="")
    assert "没有邮件渠道" in outcome.error
