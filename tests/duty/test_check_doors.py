"""Who comes through which door of checks: each role, each address, another place's rows, addresses changed by hand."""

from urllib.parse import quote

import pytest
from django.test import Client

from tests.gallery.test_reception import BACKEND
from yingbin.duty.actions import checks
from yingbin.duty.models import CheckDraft, CheckList, CheckReturn, DutyEvent, DutyLog
from yingbin.duty.queries.self_checks import self_checks
from yingbin.journal.models import Entry
from yingbin.people.models import Staff

from .flat import Flat
from .test_pages import Enter, enter, here, shown, today  # noqa: F401

READ = {
    # address → who may read it
    "check/{task}/": "叶许秦",
    "check/{task}/item/goods/": "叶许秦",
    "check/{task}/item/goods/?day=2026-11-23": "叶许秦",
    "self-checks/": "叶许秦",
    "self-checks/print/": "叶许秦",
    "self-checks/excel/": "叶许秦",
    "self-checks/{row}/": "叶许秦",
    "setup/checks/": "许",
    "setup/checks/opening/": "许",
    "setup/checks/round/": "许",
    "setup/checks/closing/": "许",
    "setup/checks/opening/item/": "许",
    "setup/checks/opening/item/goods/": "许",
}
WRITTEN = {
    # address → what is sent, who may
    "check/{task}/all-well/": ({}, "叶许秦"),
    "check/{task}/sign/": ({}, "叶许秦"),
    "check/{task}/item/goods/answer/": ({}, "叶许秦"),
    "check/{task}/item/goods/failed/": ({"kind": "slip", "title": "歪了"}, "叶许秦"),
    "check/{task}/item/goods/back/": ({"word": "歪了"}, "许"),
    "setup/checks/opening/room/": ({"title": "书房"}, "许"),
    "setup/checks/opening/item/goods/": ({"title": "物品"}, "许"),
    "setup/checks/opening/part/goods/move/": ({"step": "1"}, "许"),
    "setup/checks/opening/part/goods/drop/": ({}, "许"),
    "setup/checks/opening/publish/": ({}, "许"),
    "setup/checks/opening/forget/": ({}, "许"),
}


def filled(flat: Flat, path: str) -> str:
    row = next((str(r.id) for r in self_checks(flat.site, flat.log.day, flat.log.day)), "")
    return path.format(task=f"{flat.post}/opening", row=row)


@pytest.fixture
def answered(today: Flat) -> Flat:  # noqa: F811
    """叶 answered one item: there is something to read and to send back."""
    today.do(checks.answer, "叶", task=f"{today.post}/opening", item="environment", result="ok")
    return today


@pytest.mark.clause("SF-4.1", "SC-4.1")
@pytest.mark.parametrize("who", "叶许秦")
def test_each_page_opens_to_those_it_is_for(answered: Flat, enter: Enter, who: str) -> None:  # noqa: F811
    page = enter(who)
    codes = {p: page.get(here(answered, filled(answered, p))).status_code for p in READ}
    wanted = {p: 403 if who not in may else 302 if "{row}" in p else 200 for p, may in READ.items()}
    assert codes == wanted


def test_whoever_has_not_signed_in_is_asked_to_and_led_back(answered: Flat) -> None:
    for path in READ:
        address = here(answered, filled(answered, path))
        answer = Client().get(address)
        assert answer.status_code == 302
        assert f"next={quote(address)}" in answer["Location"].replace("%2F", "/")


@pytest.mark.clause("SF-4.1", "SC-4.1")
def test_each_deed_is_for_those_it_is_for_and_never_by_looking(
    answered: Flat,
    enter: Enter,  # noqa: F811
) -> None:
    before, pages = Entry.objects.count(), {who: enter(who) for who in "叶许秦"}
    wrong: list[tuple[str, str, int]] = []
    for path, (told, may) in WRITTEN.items():
        address = here(answered, filled(answered, path))
        for who, page in pages.items():
            looked = 405 if who in may else 403
            if not path.endswith("item/goods/") and page.get(address).status_code != looked:
                wrong.append((path, f"{who} looks", looked))
            if who not in may and page.post(address, {"key": f"k{who}", **told}).status_code != 403:
                wrong.append((path, f"{who} posts", 403))
        if Client().post(address, {"key": "nobody", **told}).status_code != 302:
            wrong.append((path, "nobody posts", 302))
    assert wrong == []
    assert Entry.objects.count() == before
    assert not CheckDraft.objects.exists()
    assert not CheckReturn.objects.exists()


@pytest.fixture
def stranger(answered: Flat) -> tuple[Flat, Client]:
    """The lead of another place."""
    other, client = Flat(), Client()
    client.force_login(Staff.objects.get(id=other.people["许"]), backend=BACKEND)
    return other, client


@pytest.mark.clause("SF-4.1", "SC-4.1")
def test_another_places_lead_comes_through_no_door_of_this_one(
    answered: Flat, stranger: tuple[Flat, Client]
) -> None:
    _, client = stranger
    before = Entry.objects.filter(site_id=answered.site).count()
    for path in [*READ, *WRITTEN]:
        address = here(answered, filled(answered, path))
        told = {"key": path[-30:], **WRITTEN.get(path, ({}, ""))[0]}
        code = (client.post(address, told) if path in WRITTEN else client.get(address)).status_code
        assert code in (403, 404), (path, code)
    assert Entry.objects.filter(site_id=answered.site).count() == before
    assert not CheckDraft.objects.exists()


@pytest.mark.clause("SF-4.1", "SC-4.1")
def test_this_places_checks_do_not_exist_under_another_places_address(
    answered: Flat, stranger: tuple[Flat, Client]
) -> None:
    other, client = stranger
    for path in (p for p in [*READ, *WRITTEN] if "{" in p):
        address, told = here(other, filled(answered, path)), WRITTEN.get(path, ({}, ""))[0]
        send = client.post if path in WRITTEN else client.get
        assert send(address, {"key": path[-20:], **told}).status_code == 404, path
    assert not DutyLog.objects.filter(site_id=other.site).exists()
    assert not DutyEvent.objects.filter(event="answer").exclude(facts__item="environment").exists()


BY_HAND = {
    "check/nothing/": 404,
    "check/{task}/1/": 404,
    "check/{task}/?day=2026-11-22": 404,  # the place had no day yet
    "check/{task}/?day=9999-12-31": 404,
    "check/{task}/?day=yesterday": 200,  # what can't be read is today
    "check/{task}/item/nothing/": 404,
    "check/{task}/item/gas/": 404,
    "check/{task}/room/nothing/": 405,
    "setup/checks/lunch/": 404,
    "setup/checks/opening/?room=nothing": 200,
    "setup/checks/opening/item/?room=nothing": 200,
    "setup/checks/closing/item/goods/": 404,  # of another check
    "self-checks/?from=2026-02-30": 200,
    "self-checks/?from=0001-01-01&to=9999-12-31": 200,
    "self-checks/?from=9999-12-01&to=9999-12-31": 200,
    "self-checks/?only=nonsense": 200,
    "self-checks/00000000-0000-0000-0000-000000000000/": 404,
    "self-checks/nothing/": 404,
}
NOT_THERE = [
    "check/{task}/room/nothing/",
    "check/{task}/item/nothing/answer/",
    "check/{task}/item/nothing/failed/",
    "check/{task}/item/nothing/back/",
    "setup/checks/lunch/room/",
    "setup/checks/lunch/item/",
    "setup/checks/opening/item/nothing/",
]


def test_an_address_changed_by_hand_is_answered_and_never_breaks(
    answered: Flat,
    enter: Enter,  # noqa: F811
) -> None:
    page = enter("许")
    codes = {p: page.get(here(answered, filled(answered, p))).status_code for p in BY_HAND}
    assert codes == BY_HAND


@pytest.mark.parametrize("kind", ["", "print/", "excel/"])
def test_the_last_days_of_the_calendar_are_an_empty_sheet(
    answered: Flat,
    enter: Enter,  # noqa: F811
    kind: str,
) -> None:
    """A month from there on would be past the end of time."""
    address = here(answered, f"self-checks/{kind}?from=9999-12-31")
    assert enter("许").get(address).status_code == 200


def test_what_does_not_exist_takes_no_post(answered: Flat, enter: Enter) -> None:  # noqa: F811
    told = {"title": "书房", "kind": "slip", "word": "歪了"}
    before, page = Entry.objects.count(), enter("许")
    for n, path in enumerate(NOT_THERE):
        answer = page.post(here(answered, filled(answered, path)), {"key": f"k{n}", **told})
        assert answer.status_code in (404, 422), path
    assert Entry.objects.count() == before
    assert not CheckDraft.objects.exists()


@pytest.mark.clause("SF-4.1")
def test_a_list_there_is_not_is_neither_changed_nor_published(
    answered: Flat,
    enter: Enter,  # noqa: F811
) -> None:
    page = enter("许")
    for deed in ("publish", "forget", "part/goods/drop", "part/goods/move"):
        page.post(here(answered, f"setup/checks/lunch/{deed}/"), {"key": deed})
    assert not CheckDraft.objects.exists()
    assert not CheckList.objects.filter(shipped=False).exists()


def test_a_day_over_is_read_and_no_longer_written(answered: Flat, enter: Enter) -> None:  # noqa: F811
    answered.next_day()
    task = f"check/{answered.post}/opening/"
    text = shown(enter("叶"), here(answered, f"{task}?day=2026-11-23"))
    assert "11月23日" in text
    assert "没有填" in text
    assert "本间全部正常" not in text
    item = shown(enter("许"), here(answered, f"{task}item/environment/?day=2026-11-23"))
    assert "退回重做" not in item
    assert "记下，由我负责" not in item
