"""The manual's pages: long texts rendered safely, clauses linked, search by a plain form."""

import uuid

import pytest
from django.template import Context, Template
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from yingbin.manual import clauses, pages
from yingbin.people.models import Assignment, Site, Staff


@pytest.fixture
def zhou(db: None) -> Staff:
    """A salesperson of one gallery."""
    site = Site.objects.create(kind="sales_centre", code="east", name="东岸", short_name="东岸")
    staff = Staff.objects.create(account="zhou", name="周敏", id=uuid.uuid4())
    Assignment.objects.create(
        site=site, staff=staff, role="salesperson", since=timezone.now(), given_by="test"
    )
    return staff


@pytest.fixture
def reader(client: Client, zhou: Staff) -> Client:
    client.force_login(zhou, backend="yingbin.people.backends.AccountOrPhone")
    return client


def test_raw_html_in_a_page_is_shown_as_text() -> None:
    html = pages.render("<script>alert(1)</script> [x](javascript:alert(1))")
    assert "<script" not in html
    assert 'href="javascript' not in html


def test_clause_ids_in_a_page_lead_to_their_clause() -> None:
    html = pages.render("见 TQ-7、`TQ-8` 和 TQ-77。\n\n| a |\n|---|\n| SC-4.3.2 |\n")
    assert html.count("<a ") == 2
    assert f'href="{reverse("manual:clause", args=["TQ-7"])}"' in html
    assert f'href="{reverse("manual:clause", args=["SC-4.3.2"])}"' in html


def test_the_badge_links_to_the_clause_and_carries_its_title() -> None:
    html = Template('{% load clauses %}{% clause "TQ-7" %}').render(Context())
    assert reverse("manual:clause", args=["TQ-7"]) in html
    assert f'title="{clauses.get("TQ-7").title}"' in html


def test_the_badge_of_a_refusal_without_a_clause_is_nothing() -> None:
    assert Template("{% load clauses %}{% clause none %}").render(Context({"none": None})) == ""


def test_an_unknown_id_from_an_old_record_is_shown_as_it_is() -> None:
    html = Template("{% load clauses %}{% clause id %}").render(Context({"id": "<TQ-0>"}))
    assert "&lt;TQ-0&gt;" in html
    assert "href" not in html


@pytest.mark.parametrize("path", ["/manual/", "/manual/tq/", "/manual/clause/TQ-7/"])
def test_the_manual_is_for_those_who_have_signed_in(client: Client, db: None, path: str) -> None:
    answer = client.get(path)
    assert answer.status_code == 302
    assert answer["Location"].startswith("/login/")


def test_the_first_page_lists_every_clause_of_all_five_procedures(reader: Client) -> None:
    html = reader.get(reverse("manual:index")).content.decode()
    for clause in clauses.book().clauses.values():
        assert f'href="{reverse("manual:clause", args=[clause.id])}"' in html


def test_search_keeps_the_clauses_that_contain_the_words(reader: Client) -> None:
    html = reader.get(reverse("manual:index"), {"q": "轮空"}).content.decode()
    assert reverse("manual:clause", args=["TQ-7"]) in html
    assert reverse("manual:clause", args=["SF-4.2"]) not in html


def test_a_search_without_result_says_what_to_try(reader: Client) -> None:
    html = reader.get(reverse("manual:index"), {"q": "<b>没有的词"}).content.decode()
    assert "换个短一点的词" in html
    assert "<b>没有" not in html


@pytest.mark.parametrize("code", list(clauses.book().procedures))
def test_each_procedure_has_its_page(reader: Client, code: str) -> None:
    answer = reader.get(reverse("manual:procedure", args=[code.lower()]))
    html = answer.content.decode()
    assert clauses.book().procedures[code].title in html
    for clause in clauses.book().of(code):
        assert clause.title in html


@pytest.mark.parametrize("clause", clauses.book().clauses.values(), ids=lambda c: c.id)
def test_each_clause_has_its_page_with_text_and_state(
    reader: Client, clause: clauses.Clause
) -> None:
    html = reader.get(reverse("manual:clause", args=[clause.id])).content.decode()
    assert clause.title in html
    assert clause.text in html
    assert ("计划中" in html) is not clause.is_live


def test_a_clause_page_leads_only_to_screens_the_person_may_open(reader: Client) -> None:
    html = reader.get(reverse("manual:clause", args=["TQ-7"])).content.decode()
    assert f'href="{reverse("gallery:mine")}"' in html
    assert "在「督导」页" in html


def test_unknown_procedures_and_clauses_are_not_found(reader: Client) -> None:
    assert reader.get(reverse("manual:procedure", args=["xx"])).status_code == 404
    assert reader.get(reverse("manual:clause", args=["TQ-77"])).status_code == 404
