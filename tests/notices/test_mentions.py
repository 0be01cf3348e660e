"""Group robots mention those who agreed, each in its own form, and keep no number."""

from typing import Any

import pytest
from django.urls import reverse

from tests.customers.office import Office, as_
from yingbin.journal.models import Entry
from yingbin.notices import ringing, ticks
from yingbin.notices.models import Delivery, GroupMention
from yingbin.people.models import Staff

from .test_delivery import Robot
from .test_telling import tell


def agree(office: Office, who: str, phone: str = "+8613900008821", feishu: str = "") -> None:
    """The person agrees to be mentioned, and has a phone."""
    Staff.objects.filter(id=office.id(who)).update(phone=phone)
    office.do(ringing.choose_mention, who, use=True, feishu_id=feishu)


def test_each_robot_mentions_who_agreed_in_its_own_form(
    office: Office,
    robot: Robot,
    use: Any,
) -> None:
    use("微信群", "钉钉群", "飞书群")
    agree(office, "林悦", feishu="ou_7d8a6e6df7621556ce0d21922b676706ccs")
    Staff.objects.filter(id=office.id("周航")).update(phone="+8613900007777")
    tell(office, "林悦", "周航", urgent=True)
    assert ticks.deliver(office.now).sent == 3
    got = {path.split("?")[0].split("/")[1]: body for path, body in robot.got}
    assert got["cgi-bin"]["text"]["mentioned_mobile_list"] == ["13900008821"]
    assert got["robot"]["at"]["atMobiles"] == ["13900008821"]
    assert got["robot"]["at"]["isAtAll"] is False
    assert "@13900008821" in got["robot"]["text"]["content"], "DingTalk wants it in the text too"
    text = got["open-apis"]["content"]["text"]
    assert '<at user_id="ou_7d8a6e6df7621556ce0d21922b676706ccs">林悦</at>' in text
    assert "13900008821" not in text
    assert "13900007777" not in str(robot.got), "周航 never agreed"


def test_nobody_is_mentioned_unless_they_said_so_nor_for_what_can_wait(
    office: Office,
    robot: Robot,
    use: Any,
) -> None:
    use("微信群", "钉钉群")
    Staff.objects.filter(id=office.id("林悦")).update(phone="+8613900008821")
    tell(office, "林悦", urgent=True)
    agree(office, "林悦")
    tell(office, "林悦", urgent=False)
    office.do(ringing.choose_mention, "林悦", use=False)
    tell(office, "林悦", urgent=True)
    assert ticks.deliver(office.now).sent == 6
    assert "13900008821" not in str(robot.got)
    assert not GroupMention.objects.exists()


def test_the_number_is_in_no_row_and_no_log(
    office: Office,
    robot: Robot,
    use: Any,
    caplog: pytest.LogCaptureFixture,
) -> None:
    caplog.set_level("DEBUG")
    use("微信群", "钉钉群")
    agree(office, "林悦")
    robot.answers.append((200, {"errcode": 93000}))
    tell(office, "林悦", urgent=True)
    ticks.deliver(office.now)
    assert "13900008821" in str(robot.got)
    assert "13900008821" not in caplog.text
    assert "13900008821" not in str(list(Delivery.objects.values()))
    assert "13900008821" not in str(list(Entry.objects.values_list("body", flat=True)))


def test_an_id_that_feishu_never_gave_stays_in_its_box_with_the_reason(office: Office) -> None:
    sent = {"use": "yes", "feishu_id": "ou_林悦", "key": "m"}
    answer = as_(office, "林悦").post(reverse("notices:ring_mention"), sent)
    assert answer.status_code == 422
    html = answer.content.decode()
    assert 'value="ou_林悦"' in html
    assert "只有字母、数字和 _" in html
    assert not GroupMention.objects.exists()
