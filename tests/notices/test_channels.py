"""Group robots and mail: what a robot's answer means, whom it mentions in its own form, what the page of channels takes."""

import json
from typing import Any
from uuid import UUID, uuid4

import pytest
import requests

from tests.customers.office import Office
from yingbin.notices import actions, channels, queries
from yingbin.notices.channels import Outcome, configured, mentions_in, refusal_in, sort_of
from yingbin.notices.forms import SUBJECTS, ChannelForm, MentionForm, RangForm, subjects_of
from yingbin.notices.mentions import Mention, mention_of, mentioning
from yingbin.notices.models import ChannelChoice, Delivery, GroupMention, RingTrial
from yingbin.people.models import Staff
from yingbin.rules.decision import Refused

WECOM = "wecombot://key-of-the-group"
FEISHU = "feishu://token-of-the-group"


def answered(status: int = 200, body: Any = None) -> requests.Response:
    """What a robot answered."""
    answer = requests.Response()
    answer.status_code = status
    answer._content = body.encode() if isinstance(body, str) else json.dumps(body or {}).encode()
    return answer


@pytest.mark.parametrize(
    ("answer", "said"),
    [
        (answered(200, {"errcode": 0, "errmsg": "ok"}), ""),
        (answered(200, {"code": 0}), ""),
        (answered(200, {"StatusCode": 0}), ""),
        (answered(200, {"errcode": "0"}), ""),
        (answered(200, {}), ""),
        (answered(200, "ok"), ""),
        (answered(200, "[]"), ""),
        (answered(200, {"errcode": 93000}), "群机器人的密钥无效，请重新复制地址"),
        (answered(200, {"errcode": 310000}), "钉钉安全设置不符（关键词、签名或 IP）"),
        (answered(200, {"code": 19024}), "飞书关键词不符，请检查机器人安全设置"),
        (answered(200, {"StatusCode": 11232}), "发送太频繁，被群机器人限流"),
        (answered(200, {"errcode": 77}), "对方没有收下（代码 77）"),
        (answered(404, {"errcode": 0}), "对方返回错误 404"),
        (answered(302), "对方返回错误 302"),
    ],
)
def test_a_robots_answer_means_taken_or_says_why_not(answer: requests.Response, said: str) -> None:
    assert refusal_in(answer) == said


@pytest.mark.parametrize(
    ("setting", "told"),
    [
        ("", {}),
        (f"群={WECOM}", {"群": WECOM}),
        (f"群={WECOM} 邮箱=mailto://a:b=c@d", {"群": WECOM, "邮箱": "mailto://a:b=c@d"}),
        ("nonsense =x y=", {}),
    ],
)
def test_channels_are_those_of_the_settings(
    settings: Any, setting: str, told: dict[str, str]
) -> None:
    settings.YINGBIN_CHANNELS = setting
    assert configured() == told


@pytest.mark.parametrize(
    ("url", "sort"),
    [
        (WECOM, "企业微信群机器人"),
        ("dingtalk://token", "钉钉群机器人"),
        (FEISHU, "飞书群机器人"),
        ("mailtos://user:secret@host", "邮件"),
        ("tgram://secret/chat", "其他渠道"),
    ],
)
def test_a_channel_is_called_by_its_kind_and_never_shows_its_key(url: str, sort: str) -> None:
    assert sort_of(url) == sort
    assert "secret" not in sort_of(url)


def test_only_a_group_robot_can_mention_somebody(settings: Any) -> None:
    settings.YINGBIN_CHANNELS = f"群={WECOM} 邮箱=mailto://a@b 飞书={FEISHU}"
    assert [name for name in ("群", "邮箱", "飞书", "没有") if mentions_in(name)] == ["群", "飞书"]


@pytest.mark.parametrize(
    ("setting", "said"),
    [("", "安装设置里没有这个渠道"), ("群=nonsense://x", "渠道地址写得不对")],
)
def test_a_channel_that_cannot_be_used_says_so_to_the_administrator(
    settings: Any, setting: str, said: str
) -> None:
    settings.YINGBIN_CHANNELS = setting
    outcome = channels.send("群", title="轮到您了", body="")
    assert not outcome.ok
    assert said in outcome.error
    assert "请找管理员" in outcome.error


@pytest.mark.parametrize(
    ("log", "said"),
    [
        (["A Connection error occured sending"], "连不上对方服务器"),
        (["Failed to send: Bad request, error=400."], "对方返回错误 400"),
        (["failed, error=503, key=secret"], "对方返回错误 503"),
        (["wecombot://secret went wrong"], "没有发送成功"),
        ([], "没有发送成功"),
    ],
)
def test_a_reason_is_plain_and_passes_no_address_on(log: list[str], said: str) -> None:
    assert channels._reason(log) == said


def test_an_outcome_that_came_needs_no_words() -> None:
    assert Outcome(True) == Outcome(True, "", over=False)


# Mentioning


WHO = Mention(("13800000001", "13800000002"), (("ou_1", "林悦"),))


def test_wecom_takes_phones_beside_the_text() -> None:
    sent = {"msgtype": "text", "text": {"content": "轮到您了"}}
    said = json.loads(mentioning(json.dumps(sent), WHO))
    assert said["text"] == {"content": "轮到您了", "mentioned_mobile_list": list(WHO.phones)}


def test_dingtalk_takes_them_beside_and_inside_it() -> None:
    sent = {"msgtype": "text", "text": {"content": "轮到您了"}, "at": {"atMobiles": ["1"]}}
    said = json.loads(mentioning(json.dumps(sent), WHO))
    assert said["at"]["atMobiles"] == ["1", *WHO.phones]
    assert said["text"]["content"] == "轮到您了 @13800000001 @13800000002"


def test_feishu_takes_its_own_ids_in_the_text() -> None:
    sent = {"msg_type": "text", "content": {"text": "轮到您了"}}
    said = json.loads(mentioning(json.dumps(sent), WHO))
    assert said["content"]["text"] == '<at user_id="ou_1">林悦</at> 轮到您了'
    nobody = json.loads(mentioning(json.dumps(sent), Mention(("13800000001",))))
    assert nobody["content"]["text"] == "轮到您了"


def test_a_message_of_another_kind_stays_as_it_was() -> None:
    sent = {"msgtype": "markdown", "markdown": {"content": "轮到您了"}}
    assert json.loads(mentioning(json.dumps(sent), WHO)) == sent


def agreed(office: Office, who: str, phone: str = "", feishu: str = "") -> None:
    Staff.objects.filter(id=office.id(who)).update(phone=phone or None)
    GroupMention.objects.create(staff_id=office.id(who), feishu_id=feishu, agreed_at=office.now)


def test_only_who_agreed_and_still_works_here_is_mentioned(office: Office) -> None:
    agreed(office, "林悦", "+8613800000001", "ou_1")
    agreed(office, "周航", feishu="ou_2")
    agreed(office, "吴敏", "+8613800000003")
    Staff.objects.filter(id=office.id("吴敏")).update(is_active=False)
    Staff.objects.filter(id=office.id("苏晴")).update(phone="+8613800000004")
    found = mention_of([office.id(n) for n in ("林悦", "周航", "吴敏", "苏晴")])
    assert found.phones == ("13800000001",)
    assert set(found.feishu) == {("ou_1", "林悦"), ("ou_2", "周航")}


def test_where_nobody_agreed_nobody_is_mentioned(office: Office) -> None:
    assert mention_of([office.id("林悦"), uuid4()]) == mention_of([]) == Mention()


# What the page takes and shows


def test_subjects_become_the_kinds_of_notices_they_stand_for() -> None:
    form = ChannelForm({"name": "群", "use": "yes", "subjects": ["turns"]})
    assert form.is_valid()
    assert set(form.kinds()) == set(SUBJECTS["turns"][1])
    everything = ChannelForm({"name": "群", "use": "yes"})
    assert everything.is_valid()
    assert everything.kinds() == []


@pytest.mark.parametrize(
    "told",
    [{"name": "", "use": "yes"}, {"name": "群", "use": "maybe"}, {"name": "群", "use": "yes", "subjects": ["x"]}],
)  # fmt: skip
def test_a_choice_that_is_not_on_the_page_is_refused(told: dict[str, object]) -> None:
    assert not ChannelForm(told).is_valid()


def test_a_subject_is_ticked_where_the_channel_hears_of_any_of_its_kinds() -> None:
    ticked = {s.id for s in subjects_of((SUBJECTS["turns"][1][0],)) if s.chosen}
    assert ticked == {"turns"}
    assert not [s for s in subjects_of(()) if s.chosen]
    kinds = [kind for _, own in SUBJECTS.values() for kind in own]
    assert len(kinds) == len(set(kinds)), "a kind of notice belongs to one subject"


@pytest.mark.parametrize(
    ("typed", "good"),
    [("", True), ("ou_1a-B", True), ("林悦", False), ("ou 1", False), ("o" * 65, False)],
)
def test_an_id_of_feishu_is_letters_digits_and_strokes(typed: str, good: bool) -> None:
    assert MentionForm({"use": "yes", "feishu_id": typed}).is_valid() is good


def test_it_rang_or_it_did_not() -> None:
    assert RangForm({"rang": "no"}).is_valid()
    assert not RangForm({"rang": ""}).is_valid()


def test_a_channel_shows_whether_it_is_used_for_what_and_how_it_fares(
    office: Office, settings: Any
) -> None:
    settings.YINGBIN_CHANNELS = f"群={WECOM} 邮箱=mailto://a@b"
    choose = actions.choose_channel
    office.do(choose, "郑岚", name="群", use=True, kinds=["turn"])
    about = {"site_id": office.site, "made_at": office.now, "title": "轮到您了", "to": []}
    for state in ("sent", "sent", "queued", "failed", "given_up"):
        Delivery.objects.create(
            **about, batch=uuid4(), channel="群", state=state, next_try_at=office.now
        )
    used, other = queries.channels_of(office.site)
    assert (used.name, used.sort, used.used, used.kinds) == (
        "群",
        "企业微信群机器人",
        True,
        ("turn",),
    )
    assert (used.sent, used.waiting, used.given_up) == (2, 2, 1)
    assert (other.name, other.used, other.sent) == ("邮箱", False, 0)
    assert [d.state for d in queries.troubled(office.site)].count("given_up") == 1
    assert {d.state for d in queries.troubled(office.site)} == {"failed", "given_up"}


def test_a_channel_gone_from_the_settings_is_still_on_the_page(
    office: Office, settings: Any
) -> None:
    settings.YINGBIN_CHANNELS = f"群={WECOM}"
    office.do(actions.choose_channel, "郑岚", name="群", use=True, kinds=[])
    assert queries.groups_mention(office.site)
    settings.YINGBIN_CHANNELS = ""
    (gone,) = queries.channels_of(office.site)
    assert (gone.used, gone.sort) == (True, "安装设置里已经没有")
    assert not queries.groups_mention(office.site)
    office.do(actions.choose_channel, "郑岚", name="群", use=False, kinds=[])
    assert queries.channels_of(office.site) == []


def test_a_channel_nobody_installed_cannot_be_chosen(office: Office, settings: Any) -> None:
    settings.YINGBIN_CHANNELS = ""
    with pytest.raises(Refused):
        office.do(actions.choose_channel, "郑岚", name="群", use=True, kinds=[])
    assert not ChannelChoice.objects.exists()


def trial(office: Office, who: str, hours: int, rang: bool | None) -> None:
    office.later(hours=hours)
    RingTrial.objects.create(
        site_id=office.site, staff_id=office.id(who), tried_at=office.now, devices=1, groups=0,
        rang=rang, answered_at=None if rang is None else office.now, on_device="手机",
    )  # fmt: skip


def test_what_a_person_last_said_of_their_phone_counts(office: Office) -> None:
    trial(office, "林悦", 1, False)
    trial(office, "林悦", 1, True)
    trial(office, "林悦", 1, None)
    trial(office, "周航", 1, False)
    people = [office.id(n) for n in ("林悦", "周航", "吴敏")]
    found = queries.rings_of(office.site, people)
    assert [found[str(p)].words for p in people] == ["手机会响", "手机没响", "没试过响铃"]
    assert [found[str(p)].status for p in people] == ["free", "danger", "away"]
    other = Office("jiangnan", "江南里销售中心")
    assert queries.rings_of(other.site, people)[str(people[0])] == queries.UNTRIED
    assert queries.rings_of(office.site, []) == {}


def test_the_bell_counts_and_shows_ones_own_unseen_here_the_newest_first(office: Office) -> None:
    def told(who: str, *titles: str) -> None:
        for title in titles:
            office.within(
                lambda pen, title=title: actions.tell(  # type: ignore[misc]
                    pen, to=[office.id(who)], kind="turn", title=title
                )
            )

    told("林悦", *(f"第 {n} 件" for n in range(1, 8)))
    told("周航", "别人的")
    shown = queries.latest_unseen(office.id("林悦"), office.site)
    assert [n.title for n in shown] == ["第 7 件", "第 6 件", "第 5 件", "第 4 件", "第 3 件"]
    assert queries.unread(office.id("林悦"), office.site) == 7
    assert queries.unread(office.id("林悦"), UUID(int=9)) == 0
    assert queries.one(office.id("周航"), office.site, shown[0].id) is None
