"""The pages on which a lead changes check lists, and what a check shows on a phone."""

from pathlib import Path

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from tests.files.shelf import picture as photo
from tests.gallery.test_reception import BACKEND
from yingbin.duty.models import CheckAnswer, CheckDraft, CheckList
from yingbin.duty.queries.check_lists import shown_lists
from yingbin.files.models import StoredFile
from yingbin.matters.models import Matter
from yingbin.people.models import Staff

from .flat import Flat
from .test_pages import Enter, enter, here, shown, today  # noqa: F401


def room_of(flat: Flat, title: str, check: str = "opening") -> str:
    sections = shown_lists(flat.site)[check].template.sections
    return next(s.id for s in sections if s.title == title)


def item(**told: object) -> dict[str, object]:
    """The form of an item as the page sends it."""
    first = {"title": "空调温度", "kind": "tick", "line": "repair", "may_be_na": "on"}
    return {**first, **told}


@pytest.mark.clause("SF-4.1")
def test_a_lead_adds_a_room_and_an_item_and_publishes_them(today: Flat, enter: Enter) -> None:  # noqa: F811
    lead, home = enter("许"), here(today, "setup/checks/opening/")
    assert "随程序带的默认模板" in shown(lead, here(today, "setup/checks/"))
    assert lead.post(f"{home}room/", {"key": "a", "title": ""}).status_code == 422
    lead.post(f"{home}room/", {"key": "b", "title": "书房", "at": str(today.post)})
    study = room_of(today, "书房")
    assert 'value="书房"' in shown(lead, f"{home}?room={study}")
    kept = {"title": "书房、茶室", "at": str(today.post), "section": study}
    lead.post(f"{home}room/", {"key": "r", **kept})
    assert room_of(today, "书房、茶室") == study
    told = item(key="c", section=study, kind="number", low="18", high="26", unit="℃")
    wrong = lead.post(f"{home}item/", {**told, "low": "冷"})
    assert "要填数字" in wrong.content.decode()
    assert 'value="空调温度"' in wrong.content.decode()
    assert lead.post(f"{home}item/", {**told, "key": "d"}).status_code == 302
    text = shown(lead, home)
    assert "填数字，应为 18–26℃" in text
    assert "改动还没有发布" in text
    assert not CheckList.objects.filter(kind="opening", shipped=False).exists()
    lead.post(f"{home}publish/", {"key": "e"})
    row = CheckList.objects.get(kind="opening", shipped=False)
    assert (row.version, row.by) == (2, today.people["许"])
    assert not CheckDraft.objects.exists()


def test_an_item_is_changed_moved_and_taken_off_and_the_rest_given_up(
    today: Flat,  # noqa: F811
    enter: Enter,  # noqa: F811
) -> None:
    lead, home = enter("许"), here(today, "setup/checks/closing/")
    room = room_of(today, "厨房", "closing")
    gas = shown_lists(today.site)["closing"].template.section(room)
    assert gas is not None
    valve = gas.items[1]
    form = shown(lead, f"{home}item/{valve.id}/")
    assert 'value="燃气阀已关"' in form
    told = item(key="a", title="灶前阀已关", section=room, photo_if_failed="on")
    lead.post(f"{home}item/{valve.id}/", told)
    assert "不正常要拍照" in shown(lead, home)
    lead.post(f"{home}part/{valve.id}/move/", {"key": "b", "step": "-1"})
    changed = shown_lists(today.site)["closing"].template.section(room)
    assert changed is not None
    assert (changed.items[0].id, changed.items[0].title) == (valve.id, "灶前阀已关")
    lead.post(f"{home}part/{valve.id}/drop/", {"key": "c"})
    assert shown_lists(today.site)["closing"].template.item(valve.id) is None
    refused = lead.post(f"{home}part/gas/drop/", {"key": "d"}, follow=True)
    assert "规程规定的项不能去掉" in refused.content.decode()
    lead.post(f"{home}forget/", {"key": "e"})
    assert shown_lists(today.site)["closing"].template.item(valve.id) == valve


@pytest.mark.clause("SF-4.1")
def test_what_good_looks_like_is_shown_to_whoever_stands_there(
    today: Flat,  # noqa: F811
    enter: Enter,  # noqa: F811
    room: Path,
) -> None:
    lead, home = enter("许"), here(today, "setup/checks/opening/")
    told = item(key="a", title="沙发靠垫", section=room_of(today, "样板间"))
    told["picture"] = SimpleUploadedFile("a.jpg", photo(), "image/jpeg")
    assert lead.post(f"{home}item/", told).status_code == 302
    kept = StoredFile.objects.get()
    assert kept.owner == "check_list"
    address = f"/s/{today.place.code}/files/{kept.id}/"
    assert enter("叶").get(address).status_code == 200
    assert enter("陈").get(address).status_code == 200


def test_check_lists_are_closed_to_whoever_plans_nothing(today: Flat, enter: Enter) -> None:  # noqa: F811
    page = enter("叶")
    for path in ("setup/checks/", "setup/checks/opening/", "setup/checks/opening/item/"):
        assert page.get(here(today, path)).status_code == 403
    assert enter("许").get(here(today, "setup/checks/lunch/")).status_code == 404
    assert enter("许").get(here(today, "setup/checks/opening/item/nothing/")).status_code == 404


@pytest.mark.clause("SF-4.1")
def test_a_photo_chosen_from_the_phone_comes_with_the_room(
    today: Flat,  # noqa: F811
    enter: Enter,  # noqa: F811
    room: Path,
) -> None:
    lead, home = enter("许"), here(today, "setup/checks/opening/")
    lead.post(
        f"{home}item/", item(key="a", title="全景", kind="photo", section=room_of(today, "样板间"))
    )
    lead.post(f"{home}publish/", {"key": "b"})
    today.next_day()
    today.roster(叶="全", 许="全")
    today.sign_on("叶", "许", at="08:20")
    page, task = enter("叶"), f"check/{today.post}/opening/"
    to = here(today, f"{task}room/{room_of(today, '样板间')}/")
    nothing = page.post(to, {"key": "c"})
    assert "请至少拍一张照片" in nothing.content.decode()
    view = shown_lists(today.site)["opening"].template.sections[2].items[-1]
    told = {"key": "d", view.id: SimpleUploadedFile("a.jpg", photo(), "image/jpeg")}
    assert page.post(to, told).status_code == 302
    assert CheckAnswer.objects.get(item=view.id).photos == 1
    text = shown(page, here(today, f"{task}item/{view.id}/"))
    assert f"/files/{StoredFile.objects.get().id}/small/" in text
    old = here(today, f"{task}?day=2026-11-23")
    assert "11月23日" in shown(page, old)
    assert "全景" not in shown(page, old)


def test_the_questions_of_a_check_do_not_grow_with_what_was_answered(
    today: Flat,  # noqa: F811
    enter: Enter,  # noqa: F811
) -> None:
    page, address = enter("叶"), here(today, f"check/{today.post}/opening/")

    def count() -> int:
        shown(page, address)
        with CaptureQueriesContext(connection) as queries:
            shown(page, address)
        return len(queries)

    page.post(f"{address}item/goods/failed/", {"key": "a", "kind": "slip", "title": "歪了"})
    before = count()
    today.well("叶", "opening")
    assert count() <= before + 1  # photos are asked for where there are any


@pytest.mark.clause("SF-4.1")
def test_a_slip_and_its_item_lead_to_one_another(today: Flat, enter: Enter) -> None:  # noqa: F811
    page, item = enter("叶"), here(today, f"check/{today.post}/opening/item/goods/")
    page.post(f"{item}failed/", {"key": "a", "kind": "slip", "title": "靠垫歪了"})
    matter = f"/s/{today.place.code}/matters/{Matter.objects.get().id}/"
    assert matter in shown(page, item)
    assert f"{item}?day=2026-11-23" in shown(page, matter)


@pytest.mark.clause("SF-4.7")
def test_a_check_that_can_not_be_made_yet_offers_no_form(today: Flat, enter: Enter) -> None:  # noqa: F811
    text = shown(enter("叶"), here(today, f"check/{today.post}/closing/"))
    assert "17:30 起可以填" in text
    assert "本间全部正常" not in text


DRAWN = "[[100,100,300,200,500,120,600,130,700,90,800,140,900,100]]"


@pytest.mark.clause("SC-4.1")
def test_a_choice_and_a_signature_are_sent_with_their_room(today: Flat, enter: Enter) -> None:  # noqa: F811
    lead, home = enter("许"), here(today, "setup/checks/opening/")
    section = room_of(today, "样板间")
    picks = {"kind": "choice", "choices": "常亮\n闪烁", "good": "常亮", "title": "沙盘灯"}
    lead.post(f"{home}item/", item(key="a", section=section, **picks))
    lead.post(f"{home}item/", item(key="b", section=section, kind="signature", title="保洁签名"))
    lead.post(f"{home}publish/", {"key": "c"})
    today.next_day()
    today.roster(叶="全", 许="全")
    today.sign_on("叶", "许", at="08:20")
    lamp, name = shown_lists(today.site)["opening"].template.sections[2].items[-2:]
    page, task = enter("叶"), here(today, f"check/{today.post}/opening/")
    told = {lamp.id: "常亮", name.id: "[[1,1]]"}
    dot = page.post(f"{task}room/{section}/", {"key": "d", **told})
    assert "请清除后重签" in dot.content.decode()
    assert 'value="常亮"' in dot.content.decode()
    told[name.id] = DRAWN
    assert page.post(f"{task}room/{section}/", {"key": "e", **told}).status_code == 302
    assert page.post(f"{task}room/{section}/", {"key": "e", **told}).status_code == 302
    kept = {a.item: (a.choice, len(a.strokes)) for a in CheckAnswer.objects.all()}
    assert kept == {lamp.id: ("常亮", 0), name.id: ("", 1)}
    assert "<svg" in shown(page, f"{task}item/{name.id}/")


def test_a_day_that_began_before_there_were_lists_asks_the_standard_items(
    today: Flat,  # noqa: F811
    enter: Enter,  # noqa: F811
) -> None:
    log = today.log
    opening = {k: v for k, v in log.opening.items() if k != "lists"}
    opening["posts"] = [{k: v for k, v in p.items() if k != "items"} for p in opening["posts"]]
    type(log).objects.filter(id=log.id).update(opening=opening)
    text = shown(enter("叶"), here(today, f"check/{today.post}/opening/"))
    assert "环境卫生" in text
    assert "贵重物品" not in text
    enter("叶").post(here(today, f"check/{today.post}/opening/all-well/"), {"key": "a"})
    assert "签字" in shown(enter("叶"), here(today, f"check/{today.post}/opening/"))


@pytest.mark.clause("SF-4.1")
def test_a_photo_of_a_check_does_not_exist_for_another_place(
    today: Flat,  # noqa: F811
    enter: Enter,  # noqa: F811
    room: Path,
) -> None:
    other = Flat()
    told = {"key": "a", "kind": "slip", "title": "靠垫歪了"}
    snapped = SimpleUploadedFile("a.jpg", photo(), "image/jpeg")
    task = here(today, f"check/{today.post}/opening/")
    enter("叶").post(f"{task}item/goods/failed/", {**told, "photos": snapped})
    kept = StoredFile.objects.get()
    assert enter("许").get(f"/s/{today.place.code}/files/{kept.id}/").status_code == 200
    stranger = Client()
    stranger.force_login(Staff.objects.get(id=other.people["许"]), backend=BACKEND)
    assert stranger.get(f"/s/{other.place.code}/files/{kept.id}/").status_code == 404
    assert stranger.get(here(other, f"check/{today.post}/opening/")).status_code == 404
