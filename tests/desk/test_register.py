"""The clerk's one screen: who and where, what is known already, one call written down once (SD-4.1)."""

from pathlib import Path
from typing import Any
from uuid import UUID

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from django.urls import reverse

from tests.files.shelf import picture
from yingbin.desk.actions.estate import move_out
from yingbin.desk.contact import CONTACT
from yingbin.desk.models import DeskMatter, DeskNote
from yingbin.matters.models import MatterLink
from yingbin.people.models import Site, SitePolicy
from yingbin.people.policies import set_policy

from .residence import Residence


def save(browser: Client, **told: Any) -> str:
    """The form is sent; the page that comes back."""
    said = {"key": "k", "kind": "help", "source": "call", "words": "厨房漏水", **told}
    return str(browser.post(reverse("desk:new"), said, follow=True).content.decode())


def looked(browser: Client, **told: Any) -> str:
    """What is said while one types."""
    said = {"kind": "help", "source": "call", **told}
    return str(browser.post(reverse("desk:register_look"), said).content.decode())


def only() -> DeskMatter:
    """The one matter there is."""
    return DeskMatter.objects.select_related("matter").get()


@pytest.mark.clause("SD-4.1")
@pytest.mark.parametrize(
    "typed", ["3栋2单元1801室", "1801", "3-2-1801", "张三", "zhangsan", "1234"]
)
def test_whatever_is_typed_of_a_resident_the_matter_is_of_their_home(
    residence: Residence, typed: str
) -> None:
    home = residence.home()
    residence.moves_in(home, "张三", "13800001234")
    said = save(residence.browser("苏"), q=typed)
    assert "2026-0001 号已登记，由苏负责答复住户。" in said
    row = only()
    assert (row.home_id, row.place, row.subject) == (home, "3-2-1801", "leak")


@pytest.mark.clause("SD-4.1")
def test_of_somebody_with_three_homes_one_must_be_chosen(residence: Residence) -> None:
    homes = [residence.home(one) for one in ("3-2-1801", "5-1-201", "6-1-902")]
    who = residence.moves_in(homes[0], "张三", "13800001234")
    for one in homes[1:]:
        assert residence.moves_in(one, "张三", "13800001234") == who
    browser = residence.browser("苏")
    assert "找到的不止一处，请用上下键选一户。" in save(browser, q="13800001234")
    assert "2026-0001 号" in save(browser, q="13800001234", pick=f"{homes[1]}|{who}")
    assert (only().place, only().matter.customer_id) == ("5-1-201", who)


@pytest.mark.clause("SD-4.1")
def test_a_tenant_who_moved_out_yesterday_is_said_to_have(residence: Residence) -> None:
    home = residence.home()
    who = residence.moves_in(home, "钱一", "13900005678", capacity="tenant")
    day = residence.now.date()
    residence.do(move_out, "苏", home_id=home, tenancies=(residence.tenancy(who).id,), until=day)
    residence.later(days=1)
    browser = residence.browser("苏")
    assert f"3-2-1801 {day:%Y-%m-%d} 搬走" in looked(browser, q="13900005678")
    assert "请写是哪一户，或者在哪里。" in save(browser, q="13900005678", pick=f"|{who}")
    save(browser, q="13900005678", pick=f"|{who}", place="3栋2单元1801")
    assert (only().home_id, only().matter.customer_id) == (home, who)


@pytest.mark.clause("SD-4.1")
def test_a_home_that_isnt_in_the_list_is_written_down_as_said_and_marked(
    residence: Residence,
) -> None:
    residence.home()
    browser = residence.browser("苏")
    assert "会标明不在名单里" in looked(browser, q="9-9-999")
    save(browser, q="9-9-999")
    assert (only().home_id, only().place) == (None, "9-9-999")


@pytest.mark.clause("SD-4.1")
def test_a_call_without_a_number_and_one_from_a_number_nobody_knows(residence: Residence) -> None:
    browser = residence.browser("苏")
    save(browser, place="北门岗亭", caller="路过的人")
    assert (only().matter.customer_id, only().caller) == (None, "路过的人")
    save(browser, key="k2", q="13700009999", place="南门", words="路灯不亮")
    known = DeskMatter.objects.get(place="南门").matter.customer_id
    assert known is not None, "whoever called from there is found by the number next time"


@pytest.mark.clause("SD-4.1")
def test_what_belongs_to_another_office_is_said_with_its_telephone(residence: Residence) -> None:
    other = Site.objects.create(
        kind="management_office", code="cuihu", name="翠湖管理处", short_name="翠湖管理处"
    )
    residence.do(
        set_policy, "林", name=CONTACT.name, values={"phone": "0571-8888 6666"}, reason="新装电话"
    )
    SitePolicy.objects.filter(name=CONTACT.name).update(site=other)
    said = looked(residence.browser("苏"), q="翠湖3栋")
    assert "翠湖管理处" in said
    assert "0571-8888 6666" in said
    assert "翠湖管理处" not in looked(residence.browser("苏"), q="3栋")


@pytest.mark.clause("SD-4.1")
def test_words_go_to_the_open_matter_of_the_home_and_whoever_has_it_hears(
    residence: Residence,
) -> None:
    home = residence.home()
    one = residence.calls(home, "电梯又停了")
    browser = residence.browser("叶")
    assert f"matter:{one}" in looked(browser, q="1801")
    said = save(browser, q="1801", pick=f"matter:{one}", words="还是没人来")
    assert "已补充到 2026-0001 号，由苏负责答复" in said
    assert DeskMatter.objects.count() == 1
    assert DeskNote.objects.get().words == "还是没人来"
    assert residence.heard("苏") == ["added"]


@pytest.mark.clause("SD-4.1")
def test_the_same_home_and_subject_are_asked_about_before_a_second_is_made(
    residence: Residence,
) -> None:
    home = residence.home()
    one = residence.calls(home, "厨房漏水", subject="leak")
    browser = residence.browser("叶")
    assert f"add:{one}" in looked(browser, q="1801", words="漏水了")
    said = save(browser, q="1801", words="漏水了", caller="王女士")
    assert "可能已经有人说过" in said
    assert "漏水了</textarea>" in said, "what was typed is still there"
    assert 'value="王女士"' in said
    assert DeskMatter.objects.count() == 1
    save(browser, q="1801", words="漏水了", twin="new")
    assert DeskMatter.objects.count() == 2


@pytest.mark.clause("SD-4.1")
def test_a_fault_of_the_building_is_shown_and_attached_to(residence: Residence) -> None:
    homes = [residence.home(f"3-2-{n}01") for n in (1, 2, 3)]
    elsewhere = residence.home("5-2-101")
    first = residence.calls(homes[0], "楼道水管爆了，家里没水", subject="water")
    browser = residence.browser("叶")
    assert f"parent:{first}" in looked(browser, q="3-2-201", words="家里没水")
    assert f"parent:{first}" not in looked(browser, q="5-2-101", words="家里没水"), elsewhere
    assert f"parent:{first}" not in looked(browser, q="3-2-201", words="邻居太吵")
    save(browser, q="3-2-201", words="家里没水", twin=f"parent:{first}")
    link = MatterLink.objects.get()
    assert (link.other_id, link.how) == (first, "parent")
    assert residence.log(link.matter_id) == ["record", "respond"], (
        "they have heard that it is known"
    )
    assert "已经挂了 1 户" in looked(browser, q="3-2-301", words="没水了")
    residence.later(hours=9)
    assert f"parent:{first}" not in looked(browser, q="3-2-301", words="没水了")


@pytest.mark.clause("SD-4.1")
def test_a_form_that_is_sent_twice_counts_once(residence: Residence) -> None:
    residence.home()
    browser = residence.browser("苏")
    for _ in range(2):
        assert "2026-0001 号已登记" in save(browser, q="1801", key="same")
    assert DeskMatter.objects.count() == 1


@pytest.mark.clause("SD-4.2.1")
def test_an_enquiry_is_answered_in_the_same_step(residence: Residence) -> None:
    browser = residence.browser("苏")
    refused = save(browser, place="大堂", answer="每月五号前", words="车位费怎么交")
    assert "只有咨询能当场答复" in refused
    said = save(browser, place="大堂", kind="enquiry", answer="每月五号前", words="车位费怎么交")
    assert "2026-0001 号，当场答复，已办结。" in said
    assert only().matter.state == "closed"


@pytest.mark.clause("SD-4.1")
@pytest.mark.parametrize(
    ("asked", "to", "slot"),
    [("", "", "1"), ("?n=2", "?n=2", "2"), ("?n=23", "", "1"), ("?n=x", "", "1"), ("?n=", "", "1")],
)
def test_a_second_call_has_an_address_of_its_own_and_leads_back_to_the_first(
    residence: Residence, asked: str, to: str, slot: str
) -> None:
    browser, here = residence.browser("苏"), reverse("desk:new")
    page = browser.get(here + asked).content.decode()
    assert f'action="{browser.get(here).wsgi_request.path}{to}"' in page
    assert f'data-slot="{slot}"' in page
    refused = browser.post(
        here + asked, {"key": "n", "kind": "help", "source": "visit", "words": "灯坏了"}
    )
    assert refused.status_code == 422
    assert f'data-slot="{slot}"' in refused.content.decode(), "a refusal stays where it was written"
    said = browser.post(
        here + asked,
        {"key": "n", "kind": "help", "source": "visit", "words": "灯坏了", "place": "大堂"},
    )
    assert said["Location"] == browser.get(here).wsgi_request.path
    assert only().source == "visit"


@pytest.mark.clause("SD-4.1")
def test_a_guard_reports_from_the_rounds_and_the_desk_takes_it_over(residence: Residence) -> None:
    residence.home()
    browser = residence.browser("石")
    page = browser.get(reverse("desk:new"), follow=True).content.decode()
    assert "报给前台" in page
    assert "data-register" not in page
    assert 'data-draft="desk-guard"' in page, "what is typed on the rounds isn't lost"
    told = {"key": "g", "place": "3栋2单元1801", "words": "楼道冒水", "urgent": "on"}
    said = browser.post(reverse("desk:new"), told, follow=True).content.decode()
    assert "2026-0001 号已报给客服前台" in said
    row = only()
    assert (row.source, row.place, row.matter.grade) == ("guard", "3-2-1801", "urgent")
    assert browser.post(reverse("desk:register_look"), {"q": "1801"}).status_code == 403
    residence.act("苏", "take", row.matter_id)
    assert residence.stands(row.matter_id)[1] == "苏"


def test_another_places_home_or_person_is_none_here(residence: Residence) -> None:
    said = save(residence.browser("苏"), q="1801", pick=f"{UUID(int=7)}|{UUID(int=8)}")
    assert "2026-0001 号" in said
    assert (only().home_id, only().matter.customer_id, only().place) == (None, None, "1801")


@pytest.mark.clause("SD-4.1")
def test_a_letter_that_is_scanned_twice_is_said_to_be(residence: Residence, room: Path) -> None:
    browser, scan = residence.browser("苏"), picture()
    letter = {"source": "letter", "kind": "suggestion", "place": "前台"}
    for n, (place, said) in enumerate(
        [("前台", "2026-0001 号已登记"), ("信箱", "同一封信已经登记过")]
    ):
        sheet = SimpleUploadedFile("来信.jpg", scan, content_type="image/jpeg")
        told = {
            **letter,
            "key": f"l{n}",
            "place": place,
            "words": f"建议{'加灯' if n else '种树'}",
            "photos": sheet,
        }
        assert said in save(browser, **told)
    assert DeskMatter.objects.count() == 1
