"""Photos of a matter: with it or later, with and without script, seen by whoever sees the matter, erased with its customer."""

from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path
from uuid import UUID

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from tests.customers.office import Office, as_
from tests.files.shelf import picture
from tests.matters.estate import Estate
from yingbin.customers import actions as customers
from yingbin.customers.models import Customer
from yingbin.files.actions import take_in
from yingbin.files.models import StoredFile
from yingbin.journal.action import Acting
from yingbin.journal.check import check_site
from yingbin.journal.models import Entry
from yingbin.matters import actions
from yingbin.matters.kinds import FOLLOW_UP
from yingbin.matters.models import Matter
from yingbin.matters.photos import photos_of
from yingbin.rules.decision import Refused
from yingbin.rules.matters import KINDS, Kind

pytestmark = pytest.mark.django_db
NEW = "/matters/new/"


def jpg(width: int = 320) -> SimpleUploadedFile:
    """A picture as a browser sends it along with a form."""
    return SimpleUploadedFile("IMG_2041.jpg", picture(width, 240), "image/jpeg")


def shot(office: Office, who: str = "苏晴", width: int = 320) -> UUID:
    """A picture that a page's script has uploaded already."""
    office.later(seconds=1)
    acting = Acting(office.site, f"shot-{who}-{width}", office.id(who), office.now)
    return take_in(acting, owner="matter", data=picture(width, 240))


def faults(office: Office) -> list[str]:
    """What the journal doesn't bear out of photos and matters."""
    found = [f for line in check_site(office.site) for f in line.found]
    return [str(f) for f in found if f.where.startswith(("事项", "照片"))]


@pytest.fixture
def repair(room: Path) -> Iterator[Kind]:
    """A kind that tells its photos apart."""
    told = {"before": "维修前", "after": "维修后"}
    KINDS["mend"] = replace(FOLLOW_UP, id="mend", title="报修", photos=told)
    yield KINDS["mend"]
    del KINDS["mend"]


def test_without_script_a_photo_comes_along_when_a_matter_is_opened(
    office: Office, room: Path
) -> None:
    browser = as_(office, "苏晴")
    assert 'enctype="multipart/form-data"' in browser.get(NEW).content.decode()
    sent = {
        "key": "k",
        "kind": "question",
        "title": "样板间主卧顶上有水印",
        "photos": [jpg(), jpg(80)],
    }
    answer = browser.post(NEW, sent, follow=True)
    html = answer.content.decode()
    first, second = StoredFile.objects.order_by("id")
    for file in (first, second):
        assert reverse("files:small", args=[file.id]) in html
        assert reverse("files:whole", args=[file.id]) in html
    assert "附 2 张照片" in html
    assert browser.post(NEW, sent | {"photos": [jpg(), jpg(80)]}).status_code == 302
    assert (Matter.objects.count(), StoredFile.objects.count()) == (1, 2), "twice is once"


def test_a_photo_the_script_sent_before_is_attached_with_the_matter(
    office: Office, room: Path
) -> None:
    file_id = shot(office)
    office.do(actions.open_new, "苏晴", kind="question", title="水印", photos=(file_id,))
    row = StoredFile.objects.get()
    assert (row.about_id, row.purpose) == (Matter.objects.get().id, "")
    entry = Entry.objects.get(kind="file.taken")
    assert entry.body["sha256"] == row.sha256
    assert faults(office) == []


def test_a_refused_form_keeps_the_photos_that_came_with_it(office: Office, room: Path) -> None:
    answer = as_(office, "苏晴").post(
        NEW, {"key": "k", "kind": "question", "title": "", "photos": [jpg()]}
    )
    assert answer.status_code == 422
    assert f'value="{StoredFile.objects.get().id}" checked' in answer.content.decode()
    assert not Matter.objects.exists()


@pytest.mark.parametrize(
    ("sent", "why"),
    [
        (SimpleUploadedFile("a.jpg", b"<html>"), "第 1 张：这不是能用的照片"),
        (SimpleUploadedFile("a.jpg", b""), "第 1 张：这个文件是空的"),
    ],
)
def test_what_is_no_photo_is_said_at_the_photos_and_nothing_is_opened(
    office: Office, room: Path, sent: SimpleUploadedFile, why: str
) -> None:
    told = {"key": "k", "kind": "question", "title": "水印", "photos": [sent]}
    answer = as_(office, "苏晴").post(NEW, told)
    assert answer.status_code == 422
    assert why in answer.content.decode()
    assert not Matter.objects.exists()


def test_somebody_elses_photo_is_not_attached_and_nothing_is_opened(
    office: Office, room: Path
) -> None:
    theirs = shot(office, "林悦")
    with pytest.raises(Refused, match="重新拍一张"):
        office.do(actions.open_new, "苏晴", kind="question", title="水印", photos=(theirs,))
    assert not Matter.objects.exists()


def test_whoever_sees_the_matter_sees_its_photos_and_nobody_else(
    office: Office, room: Path
) -> None:
    photo = shot(office)
    opened = office.do(actions.open_new, "苏晴", kind="question", title="水印", photos=(photo,))
    where = reverse("files:whole", args=[photo])
    elsewhere = Office("jiangnan", "江南里销售中心")
    seen = {who: as_(office, who).get(where).status_code for who in ("苏晴", "许诺", "林悦")}
    assert seen == {"苏晴": 200, "许诺": 200, "林悦": 404}, "the asker and who oversees"
    assert as_(elsewhere, "许诺").get(where).status_code == 404
    office.do(actions.offer, "苏晴", matter_id=opened.matter, to=office.id("林悦"))
    assert as_(office, "林悦").get(where).status_code == 200


def test_a_photo_is_added_later_with_or_without_words_and_the_history_says_so(
    office: Office, room: Path
) -> None:
    one = office.do(actions.open_new, "苏晴", kind="question", title="水印").matter
    browser, act = as_(office, "苏晴"), reverse("matters:act", args=[one, "note"])
    assert browser.post(act, {"key": "a", "photos": [jpg()]}).status_code == 302
    assert browser.post(act, {"key": "b", "note": "干了", "photos": [jpg(90)]}).status_code == 302
    html = browser.get(reverse("matters:matter", args=[one])).content.decode()
    assert html.count("加了 1 张照片") == 2
    assert [len(p.files) for p in photos_of(Matter.objects.get(), {})] == [1, 1]
    assert faults(office) == []


def test_a_note_without_word_and_photo_is_refused_at_its_field(office: Office, room: Path) -> None:
    one = office.do(actions.open_new, "苏晴", kind="question", title="水印").matter
    answer = as_(office, "苏晴").post(reverse("matters:act", args=[one, "note"]), {"key": "a"})
    assert answer.status_code == 422
    assert "请写一句备注，或者加一张照片" in answer.content.decode()


def test_what_photos_show_is_said_by_the_kind_from_the_opening_to_the_end(
    office: Office, repair: Kind
) -> None:
    before, after, more = (shot(office, width=w) for w in (300, 310, 320))
    told = {"kind": "mend", "title": "主卧窗户关不严", "photos": (before,)}
    one = office.do(actions.open_new, "苏晴", **told).matter
    html = as_(office, "苏晴").get(reverse("matters:matter", args=[one])).content.decode()
    assert '<option value="after" selected>维修后</option>' in html, (
        "ending it shows what it is now"
    )
    with pytest.raises(Refused, match="维修前、维修后"):
        office.do(actions.act, "苏晴", matter_id=one, verb="note", photos=(more,), purpose="later")
    end = {"matter_id": one, "verb": "done", "note": "换了锁点", "photos": (after,)}
    office.do(actions.act, "苏晴", **end, purpose="after")
    shown = photos_of(Matter.objects.get(), repair.photos)
    assert [(p.shows, p.files[0].id) for p in shown] == [("维修前", before), ("维修后", after)]
    html = as_(office, "苏晴").get(reverse("matters:matter", args=[one])).content.decode()
    assert "办好了，附 1 张维修后照片" in html
    assert faults(office) == []


def test_a_kind_that_tells_nothing_apart_takes_no_before_and_after(
    office: Office, room: Path
) -> None:
    one = office.do(actions.open_new, "苏晴", kind="question", title="水印").matter
    told = {"matter_id": one, "verb": "note", "note": "x", "purpose": "after"}
    with pytest.raises(Refused, match="不分前后"):
        office.do(actions.act, "苏晴", **told)


def test_erasing_the_customer_erases_the_photos_of_their_matters(
    office: Office, room: Path
) -> None:
    guest = office.do(customers.register, "苏晴", name="陈建国", phone="13812345678").customer
    photo = shot(office)
    told = {"kind": "question", "title": "合同有水渍", "customer_id": guest}
    one = office.do(actions.open_new, "苏晴", **told, photos=(photo,)).matter
    sure = str(Customer.objects.get(id=guest).number)
    office.do(customers.erase_person, "郑岚", customer_id=guest, reason="本人要求", sure=sure)
    assert StoredFile.objects.get().gone_why == "erased"
    assert as_(office, "苏晴").get(reverse("files:small", args=[photo])).status_code == 404
    html = as_(office, "苏晴").get(reverse("matters:matter", args=[one])).content.decode()
    assert reverse("files:small", args=[photo]) not in html
    assert faults(office) == []


def test_a_page_asks_the_same_for_one_photo_and_for_nine(office: Office, room: Path) -> None:
    browser, counts = as_(office, "苏晴"), []
    for many in (1, 9):
        files = tuple(shot(office, width=100 + 20 * n + many) for n in range(many))
        told = {"kind": "question", "title": f"{many} 张", "photos": files}
        page = reverse("matters:matter", args=[office.do(actions.open_new, "苏晴", **told).matter])
        browser.get(page)
        with CaptureQueriesContext(connection) as asked:
            html = browser.get(page).content.decode()
        assert html.count("/small/") == many
        counts.append(len(asked))
    assert counts[0] == counts[1]


def test_a_department_that_is_offered_a_matter_sees_its_photos(estate: Estate, room: Path) -> None:
    photo = shot(estate, "苏")
    one = estate.ask(offered_to=estate.group)
    estate.do(actions.act, "苏", matter_id=one, verb="note", photos=(photo,))
    for who, code in (("钱", 200), ("叶", 404)):
        found = as_(estate, who).get(reverse("files:small", args=[photo]))
        assert found.status_code == code, who
