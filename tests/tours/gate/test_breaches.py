"""A breach: reported with photos, confirmed by security with words, kept for legal until it is released, copied out (CV-4.2)."""

from datetime import timedelta
from io import BytesIO
from pathlib import Path
from typing import Any
from uuid import UUID

import pypdf
import pytest
from django.db import Error, transaction
from django.urls import reverse

from tests.files.shelf import opened, picture
from tests.files.test_contents import with_position
from tests.force import unguarded
from yingbin.files import actions as files
from yingbin.files import store, ticks
from yingbin.files.models import StoredFile
from yingbin.files.places import place_of
from yingbin.journal.check import check_site
from yingbin.journal.write import Pen
from yingbin.notices.models import Notice
from yingbin.rules.decision import Refused
from yingbin.tours.actions import breaches
from yingbin.tours.evidence import EVIDENCE, KEPT
from yingbin.tours.models import BreachCopy, BreachStep, GateBreach

from .post import Post

NOTE = "没有证，从车间门带进三个人"
pytestmark = pytest.mark.clause("CV-4.2")


@pytest.fixture
def hall(post: Post, settings: Any, tmp_path: Path) -> Post:
    """The gates, with a folder for photos of this test; security is 郑主管 and 钱主管."""
    settings.STORAGES = {**settings.STORAGES, "files": place_of({}, tmp_path)}
    ticks._swept[:] = [post.now + timedelta(days=9999)]
    post.hire("钱主管", "qian", "operations_manager")
    return post


def shot(hall: Post, who: str = "高磊") -> UUID:
    """A photo somebody took, with where it was taken in it."""
    data = picture(exif=with_position())
    taken: UUID = hall.do(lambda acting: files.take_in(acting, owner=EVIDENCE.id, data=data), who)
    return taken


def reported(hall: Post, who: str = "高磊", photos: int = 0, **told: Any) -> GateBreach:
    """A report that 韩工 led visitors without approval."""
    told = {"leader": hall.id("韩工"), "note": NOTE, **told}
    shots = tuple(shot(hall, who) for _ in range(photos))
    made = hall.do(breaches.report_breach, who, photos=shots, **told)
    return GateBreach.objects.get(id=made.breach)


def confirmed(hall: Post, row: GateBreach, who: str = "郑主管", **told: Any) -> None:
    told = {"finding": "调了录像，是他带的", **told}
    hall.do(breaches.confirm_breach, who, breach_id=row.id, **told)


def said(hall: Post, who: str, row: GateBreach) -> str:
    """The page of a breach as somebody sees it."""
    answer = hall.browser(who).get(reverse("tours:breach", args=[row.id]))
    assert answer.status_code == 200, who
    return str(answer.content.decode())


def send(hall: Post, who: str, page: str, row: GateBreach, **told: Any) -> Any:
    to = reverse(f"tours:{page}", args=[row.id])
    return hall.browser(who).post(to, told, follow=True)


def faults(hall: Post) -> list[str]:
    found = [str(f) for line in check_site(hall.site) for f in line.found]
    return [f for f in found if f.startswith(("门岗", "违规", "带出的违规", "照片"))]


def refused(hall: Post, action: Any, by: str, **told: Any) -> str:
    with pytest.raises(Refused) as no:
        hall.do(action, by, **told)
    return no.value.message


def heard(hall: Post, who: str) -> list[str]:
    rows = Notice.objects.filter(to_id=hall.id(who), kind__startswith="gate.breach")
    return list(rows.order_by("id").values_list("kind", flat=True))


def test_it_is_confirmed_by_security_and_neither_by_who_reported_it_nor_by_who_it_was(
    hall: Post,
) -> None:
    row = reported(hall, "郑主管")
    told = {"breach_id": row.id, "finding": "调了录像"}
    assert "不是安全部门的人" in refused(hall, breaches.confirm_breach, "周队", **told)
    assert "由别人确认" in refused(hall, breaches.confirm_breach, "郑主管", **told)
    own = {**told, "leader": hall.id("钱主管")}
    assert "带人的是您自己" in refused(hall, breaches.confirm_breach, "钱主管", **own)
    assert "怎么查实" in refused(
        hall, breaches.confirm_breach, "钱主管", breach_id=row.id, finding=" "
    )
    confirmed(hall, row, "钱主管")
    assert "钱主管已经确认过" in refused(hall, breaches.confirm_breach, "钱主管", **told)
    assert reported(hall, leader=None, called="物流司机王某").number == 2
    assert "请选是哪位同事" in refused(hall, breaches.report_breach, "高磊", leader=None)


def test_who_led_them_as_it_turned_out_stands_beside_who_was_reported(hall: Post) -> None:
    row = reported(hall, leader=None, called="一个穿灰衣服的人")
    confirmed(hall, row, leader=hall.id("苏青"), finding="门禁记录是苏青的卡")
    page = said(hall, "郑主管", row)
    for words in ("一个穿灰衣服的人", "苏青", "查实是", "门禁记录是苏青的卡", NOTE):
        assert words in page
    assert faults(hall) == []


def test_its_photos_tell_no_position_and_are_seen_by_security_and_who_took_them(hall: Post) -> None:
    row = reported(hall, photos=2)
    one = StoredFile.objects.filter(about_id=row.id)[0]
    assert not opened(store.get(one.name)).getexif()
    whole = reverse("files:whole", args=[one.id])
    for who, status in (("高磊", 200), ("郑主管", 200), ("丁", 404), ("周队", 404), ("韩工", 404)):
        assert hall.browser(who).get(whole).status_code == status, who
    page = said(hall, "郑主管", row)
    assert reverse("files:small", args=[one.id]) in page
    assert "封存中" in page


@pytest.mark.parametrize("who", ["丁", "周队", "苏青"])
def test_somebody_elses_report_is_not_there(hall: Post, who: str) -> None:
    row = reported(hall)
    browser = hall.browser(who)
    assert browser.get(reverse("tours:breach", args=[row.id])).status_code == 404
    assert NOTE not in browser.get(reverse("tours:breaches")).content.decode()
    assert NOTE in hall.browser("高磊").get(reverse("tours:breaches")).content.decode()


def test_whoever_it_was_sees_nothing_of_it_even_at_security(hall: Post) -> None:
    row = reported(hall, leader=hall.id("钱主管"))
    assert hall.browser("钱主管").get(reverse("tours:breach", args=[row.id])).status_code == 404
    assert NOTE not in hall.browser("钱主管").get(reverse("tours:breaches")).content.decode()
    assert (heard(hall, "钱主管"), heard(hall, "郑主管")) == ([], ["gate.breach"])
    other = reported(hall, leader=None, called="不认识")
    confirmed(hall, other, leader=hall.id("钱主管"))
    assert hall.browser("钱主管").get(reverse("tours:breach", args=[other.id])).status_code == 404


def test_security_hears_of_it_then_who_reported_it_and_the_companys_leaders(hall: Post) -> None:
    hall.hire("严总", "yan", "senior")
    row = reported(hall)
    assert heard(hall, "郑主管") == heard(hall, "钱主管") == ["gate.breach"]
    confirmed(hall, row)
    assert heard(hall, "高磊") == heard(hall, "严总") == ["gate.breach_confirmed"]
    assert heard(hall, "韩工") == []


def test_by_page_from_the_report_to_the_release(hall: Post) -> None:
    told = {"leader": str(hall.id("韩工")), "note": NOTE, "photos": BytesIO(picture())}
    answer = hall.browser("高磊").post(reverse("tours:breaches"), told, follow=True)
    assert "第 1 号报告记下了" in answer.content.decode()
    row = GateBreach.objects.get()
    assert send(hall, "高磊", "confirm_breach", row, finding="我看到的").status_code == 403
    assert send(hall, "郑主管", "confirm_breach", row, finding="").status_code == 422
    assert (
        "确认了" in send(hall, "郑主管", "confirm_breach", row, finding="有录像").content.decode()
    )
    more = send(hall, "高磊", "add_evidence", row, note="他的工牌", photos=BytesIO(picture(500)))
    assert "证据收下了" in more.content.decode()
    assert send(hall, "高磊", "add_evidence", row).status_code == 422
    assert send(hall, "丁", "add_evidence", row, note="凑热闹").status_code == 404
    page = said(hall, "郑主管", row)
    order = [page.index(words) for words in (NOTE, "有录像", "他的工牌")]
    assert order == sorted(order)
    assert send(hall, "郑主管", "release_evidence", row).status_code == 422
    done = send(hall, "郑主管", "release_evidence", row, reason="法务已结案").content.decode()
    assert "解除封存了" in done
    assert "法务已结案" in done
    assert send(hall, "高磊", "add_evidence", row, note="再附").status_code == 422
    assert faults(hall) == []


def test_nothing_takes_evidence_away_until_security_releases_it(hall: Post) -> None:
    row = reported(hall, photos=1)
    later = hall.now + KEPT + timedelta(days=1)
    assert ticks.let_go_of_old(later) == 0, "not even the time limit"

    def gone(pen: Pen) -> dict[str, object]:
        return {"n": files.let_go(pen, StoredFile.objects.all(), StoredFile.Gone.ERASED)}

    assert hall.within(gone, "郑主管")["n"] == 0
    with pytest.raises(Error, match="is final"), transaction.atomic():
        StoredFile.objects.update(gone_at=hall.now, gone_why="expired", held=False)
    only = {"breach_id": row.id, "reason": "结案"}
    assert "只有安全部门" in refused(hall, breaches.release_evidence, "高磊", **only)
    assert hall.do(breaches.release_evidence, "郑主管", **only) == 1
    assert "已经解除" in refused(hall, breaches.release_evidence, "郑主管", **only)
    assert ticks.let_go_of_old(hall.now) == 0, "three years aren't over"
    assert ticks.let_go_of_old(later) == 1
    assert faults(hall) == []


FORGERIES = {
    "update files_storedfile set held = false": "封存",
    """update tours_breachstep set words = '{"note": "什么也没看到"}' where words <> '{}'""": "写的话",
    "delete from tours_breachstep": "违规的取证",
    "update tours_breachcopy set sha256 = repeat('0', 64)": "指纹",
}


def test_what_the_databases_owner_forges_is_found(hall: Post) -> None:
    row = reported(hall, photos=1)
    hall.do(breaches.add_evidence, "郑主管", breach_id=row.id, note="监控 14:05")
    send(hall, "郑主管", "breach_paper", row, why="交法务")
    assert faults(hall) == []
    for final in (BreachStep, BreachCopy):
        with pytest.raises(Error, match="final"), transaction.atomic():
            final.objects.update(seq=1)
    for sql, found in FORGERIES.items():
        with transaction.atomic():
            unguarded(sql)
            assert [f for f in faults(hall) if found in f], sql
            transaction.set_rollback(True)


def test_legal_gets_it_on_a4_with_its_time_line_and_photos_and_that_is_kept(hall: Post) -> None:
    row = reported(hall, photos=2, note=f"{NOTE}，带头的叫𠮷田龘")
    confirmed(hall, row)
    assert send(hall, "高磊", "breach_paper", row, why="自己留着").status_code == 403
    assert send(hall, "郑主管", "breach_paper", row, why="").status_code == 422
    answer = send(hall, "郑主管", "breach_paper", row, why="交法务，案号 2026-17")
    read = pypdf.PdfReader(BytesIO(answer.content))
    text = "".join("".join(page.extract_text().split()) for page in read.pages)
    for words in ("韩工", "车间门带进三个人", "调了录像，是他带的", "交法务，案号2026-17", "龘"):
        assert words in text
    assert sum(len(page.images) for page in read.pages) == 2
    digest = StoredFile.objects.all()[0].sha256
    assert digest in text.replace("\u200b", "")
    kept = BreachCopy.objects.get()
    assert (kept.why, kept.rows) == ("交法务，案号 2026-17", 3)
    assert "带出记录" in said(hall, "郑主管", row)
