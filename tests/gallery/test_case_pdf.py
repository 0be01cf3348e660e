"""A case file leaves the house on paper: all that its page shows, who took it out and why, and the fact stays (TQ-11)."""

import hashlib
from datetime import UTC, datetime, timedelta
from uuid import UUID

import pytest
from django.http import HttpResponse
from django.test import Client

from tests.files.test_paper import read
from tests.gallery.conftest import Gallery
from tests.gallery.test_reception import signed_in
from yingbin.customers.actions import erase_person
from yingbin.gallery.models import CaseCopy, Dispute
from yingbin.gallery.paper import CaseFile, Taking, case_pdf
from yingbin.gallery.queries.facts import Fact
from yingbin.journal.check import check_site
from yingbin.journal.models import Entry

RARE = ("𠮷野", "㙟生", "𬭊明")


def taken_out(
    hall: Gallery, dispute: Dispute, by: str = "郑岚", why: str = "公司复核"
) -> HttpResponse:
    page = signed_in(Client(), hall, by)
    return page.post(f"/gallery/cases/{dispute.id}/pdf/", {"key": f"{by}{why}", "why": why})


@pytest.mark.clause("TQ-11")
def test_the_paper_shows_what_the_page_shows(hall: Gallery, story: Dispute) -> None:
    answer = taken_out(hall, story)
    assert answer["Content-Type"] == "application/pdf"
    assert answer["Content-Disposition"].startswith("attachment;")
    text, _ = read(answer.content)
    page = signed_in(Client(), hall, "郑岚").get(f"/gallery/cases/{story.id}/")
    file = page.context["file"]
    assert len(file.facts) > 30
    for fact in file.facts:
        for words in (fact.title, fact.detail, fact.clause, fact.receipt):
            assert words.replace(" ", "") in text, (fact.kind, words)
        for who in fact.people:
            assert file.names[str(who)] in text
    assert f"当事人{'、'.join(file.parties.values())}" in text
    assert "归陈思远" in text
    assert "陈思远计次+1" in text


@pytest.mark.clause("TQ-11", "TQ-3")
def test_numbers_stay_masked_on_the_paper_as_on_the_page(hall: Gallery, story: Dispute) -> None:
    text, _ = read(taken_out(hall, story).content)
    assert "138****1234" in text
    assert "13812341234" not in text


@pytest.mark.clause("TQ-11")
def test_it_says_who_took_it_out_why_and_where_the_journal_ended(
    hall: Gallery, story: Dispute
) -> None:
    last = Entry.objects.filter(site_id=hall.site).latest("seq")
    answer = taken_out(hall, story)
    text, pages = read(answer.content)
    assert "用途公司复核" in text
    assert text.count("郑岚带出") == pages, "at the foot of each page"
    assert f"第{pages}页，共{pages}页" in text
    assert f"--receipt{last.receipt}@{last.seq}" in text
    kept = CaseCopy.objects.get()
    assert (kept.dispute_id, kept.customer_id) == (story.id, story.customer_id)
    assert (kept.by, kept.why) == (hall.id("郑岚"), "公司复核")
    assert kept.sha256 == hashlib.sha256(answer.content).hexdigest()
    entry = Entry.objects.get(kind="case.handed_out", seq=kept.seq)
    assert (entry.clause, entry.body["sha256"]) == ("TQ-11", kept.sha256)
    assert "复核" not in str(entry.body)


def test_the_page_lists_what_left_the_house_for_whoever_may_take_it_out(
    hall: Gallery, story: Dispute
) -> None:
    taken_out(hall, story)
    kept = CaseCopy.objects.get()
    address = f"/gallery/cases/{story.id}/"
    shown = signed_in(Client(), hall, "郑岚").get(address).content.decode()
    assert "公司复核" in shown
    assert kept.sha256 in shown
    of_customer = f"/gallery/customer/{story.customer_id}/file/"
    assert kept.sha256 in signed_in(Client(), hall, "郑岚").get(of_customer).content.decode()
    party = signed_in(Client(), hall, "林悦").get(address).content.decode()
    assert "公司复核" not in party
    assert "带出 PDF" not in party


def test_without_a_reason_nothing_leaves_and_the_page_says_so(
    hall: Gallery, story: Dispute
) -> None:
    answer = taken_out(hall, story, why=" ")
    assert answer.status_code == 422
    assert "请写明带出去做什么用，会留痕。" in answer.content.decode()
    assert not CaseCopy.objects.exists()
    assert not Entry.objects.filter(kind="case.handed_out").exists()


@pytest.mark.parametrize("who", ["林悦", "苏晴", "吴敏"])
def test_a_party_the_desk_and_a_colleague_take_none_out(
    hall: Gallery, story: Dispute, who: str
) -> None:
    assert taken_out(hall, story, by=who).status_code in {403, 404}
    of_customer = f"/gallery/customer/{story.customer_id}/file/pdf/"
    answer = signed_in(Client(), hall, who).post(of_customer, {"key": "k", "why": "看看"})
    assert answer.status_code in {403, 404}
    assert not CaseCopy.objects.exists()


@pytest.mark.clause("TQ-11")
def test_a_customers_file_needs_no_dispute(hall: Gallery) -> None:
    visit = hall.arrive(name="张伟", phone="13812341234")
    hall.finish(visit)
    visit.refresh_from_db()
    page = signed_in(Client(), hall, "郑岚")
    address = f"/gallery/customer/{visit.customer_id}/file/pdf/"
    refused = page.post(address, {"key": "k0", "why": ""})
    assert refused.status_code == 422
    answer = page.post(address, {"key": "k1", "why": "客户查阅"})
    text, _ = read(answer.content)
    assert "的全部经过" in text
    assert "张伟138****1234" in text
    assert "当事人" not in text
    assert CaseCopy.objects.get().dispute_id is None


def test_what_left_the_house_is_held_against_the_journal(hall: Gallery, story: Dispute) -> None:
    def found() -> list[str]:
        return [str(one) for line in check_site(hall.site) for one in line.found]

    taken_out(hall, story)
    assert found() == []
    CaseCopy.objects.update(rows=1, sha256="ab" * 32)
    rows, digest = found()
    assert "带出卷宗" in rows
    assert "行数和记录链里的不一样" in rows
    assert "文件的指纹和记录链里的不一样" in digest


def test_erasing_the_customer_empties_why_their_file_was_taken_out(
    hall: Gallery, story: Dispute
) -> None:
    taken_out(hall, story, why="张伟先生不服裁定")
    number = signed_in(Client(), hall, "郑岚").get(f"/gallery/customer/{story.customer_id}/file/")
    hall.do(erase_person, "郑岚", customer_id=story.customer_id, reason="本人来信要求",
            sure=str(number.context["number"]))  # fmt: skip
    assert "张伟" not in CaseCopy.objects.get().why


def paper_of(*facts: Fact, names: dict[str, str] | None = None) -> tuple[str, int]:
    file = CaseFile(title="争议第 1 号", customer=None, facts=list(facts), names=names or {})
    taking = Taking(UUID(int=1), "湖畔雅居", "郑岚", datetime(2026, 11, 21, 2, tzinfo=UTC), "复核")
    return read(case_pdf(file, taking))


def fact(n: int, detail: str = "", **more: object) -> Fact:
    at = datetime(2026, 11, 21, 1, tzinfo=UTC) + timedelta(minutes=n)
    return Fact(at, "visit", f"到访 {n}", detail, "TQ-1", **more)  # type: ignore[arg-type]


@pytest.mark.parametrize("name", RARE)
@pytest.mark.django_db
def test_a_name_of_rare_characters_stands_as_it_is_written_or_by_its_number(name: str) -> None:
    who = UUID(int=7)
    text, _ = paper_of(fact(1, f"{name}来电", people=(who,)), names={str(who): name})
    rare = name[0]
    if f"〔U+{ord(rare):04X}〕" in text:
        assert "字库里没有" in text
    else:
        assert text.count(name) == 2


@pytest.mark.django_db
def test_a_long_case_goes_over_several_pages_and_loses_nothing() -> None:
    long = "客户说三周前打过电话，约好周六来看房。" * 50
    text, pages = paper_of(
        *(fact(n, f"第{n}件。{long if n % 40 == 0 else ''}") for n in range(160))
    )
    assert pages > 5
    assert text.count("条款与凭据") == pages, "the head of the table on each page"
    assert all(f"第{n}件。" in text for n in range(160))
    assert text.count(long) == 4
    assert "共160项" in text


@pytest.mark.django_db
def test_who_left_is_called_so_and_markup_is_text() -> None:
    gone = UUID(int=9)
    text, _ = paper_of(fact(1, "*不是* #加粗 $x$ [链接]", people=(gone,)))
    assert "已离职同事" in text
    assert "*不是*#加粗$x$[链接]" in text
