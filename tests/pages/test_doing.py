"""A page does one thing once, says what came of it, and a refusal keeps what was typed."""

from datetime import timedelta
from uuid import UUID

import pytest
from django import forms
from django.http import Http404, HttpRequest, HttpResponse
from django.utils import timezone

from tests.pages.conftest import SITE, SOMEBODY, Posted, told
from yingbin.journal.action import Acting, Deed
from yingbin.journal.write import KeyReused, page_key
from yingbin.pages.doing import (
    Told,
    acting,
    came_from,
    perform,
    person_id,
    sent,
    site_id,
    status,
    submit,
    take_out,
    tried,
)
from yingbin.pages.forms import USED, KeyedForm, text
from yingbin.rules.decision import Refused

WHY = "今天已经收场了。请明天再来。"


class ReasonForm(KeyedForm):
    """A reason, and how many."""

    reason = text("原因")
    count = forms.IntegerField(label="几位")


def done(who: Acting) -> str:
    return "K7M2"


def refusing(who: Acting) -> str:
    raise Refused(None, WHY)


def refusing_the_count(who: Acting) -> str:
    raise Refused(None, "一次最多 20 位。", about="count")


def page_of(form: ReasonForm) -> HttpResponse:
    return HttpResponse(f"{form.refused}{form['reason']}{form['count'].errors}")


# Who acts


def test_whoever_acts_is_the_person_at_their_site_under_the_forms_key(posted: Posted) -> None:
    who = acting(posted(key="abc"))
    assert (who.site_id, who.by, who.key) == (SITE, SOMEBODY, page_key("abc"))
    assert timezone.now() - who.at < timedelta(minutes=1)


def test_a_form_without_a_key_is_a_write_of_its_own_each_time(posted: Posted) -> None:
    assert acting(posted()).key != acting(posted()).key


def test_another_site_or_the_whole_company_can_be_acted_on(posted: Posted) -> None:
    assert acting(posted(), UUID(int=9)).site_id == UUID(int=9)


def test_somebody_who_works_at_no_site_finds_no_page(looked: HttpRequest) -> None:
    assert (site_id(looked), person_id(looked)) == (SITE, SOMEBODY)
    looked.site = None  # type: ignore[attr-defined]
    with pytest.raises(Http404):
        site_id(looked)


# What came of it


def test_a_deed_that_is_done_goes_on_and_says_so(posted: Posted) -> None:
    request = posted(reason="开会")
    answer = perform(request, done, then="/help/", said="已授权。")
    assert (answer.status_code, answer.headers["Location"]) == (302, "/help/")
    assert told(request) == [("success", "已授权。")]


def test_what_is_said_and_where_it_goes_can_depend_on_the_answer(posted: Posted) -> None:
    request = posted()
    answer = perform(request, done, then=lambda r: f"/me/?{r}", said=lambda r: f"凭据 {r}。")
    assert answer.headers["Location"] == "/me/?K7M2"
    assert told(request) == [("success", "凭据 K7M2。")]


def test_the_form_may_ask_to_go_on_elsewhere_but_only_to_a_page_of_ours(posted: Posted) -> None:
    there = perform(posted(next="/me/sessions/"), done, then="/help/")
    assert there.headers["Location"] == "/me/sessions/"
    lured = perform(posted(next="https://example.org/"), done, then="/help/")
    assert lured.headers["Location"] == "/help/"


def test_a_refused_button_says_why_where_it_was_pressed(posted: Posted) -> None:
    request = posted(referer="http://testserver/me/sessions/")
    answer = perform(request, refusing, then=lambda r: "/help/")
    assert answer.headers["Location"] == "/me/sessions/"
    assert told(request) == [("error", WHY)]


def test_a_refused_button_can_lead_elsewhere_than_one_that_worked(posted: Posted) -> None:
    answer = perform(posted(), refusing, then="/help/", refused="/me/")
    assert answer.headers["Location"] == "/me/"


def test_the_page_before_counts_only_where_it_is_ours(posted: Posted) -> None:
    assert came_from(posted(referer="https://example.org/nowhere/")) == "/"
    assert came_from(posted(), "/help/") == "/help/"


# A refusal keeps what was typed


def test_a_refusal_keeps_what_was_typed_and_says_why(posted: Posted) -> None:
    request = posted(reason="去总部开会", count="3")
    form = ReasonForm(sent(request))
    assert form.is_valid()
    answer = perform(request, refusing, then="/help/", form=form, page=lambda: page_of(form))
    words = answer.content.decode()
    assert answer.status_code == 422
    assert WHY in words
    assert "去总部开会" in words
    assert told(request) == [], "it is said once, beside what was typed"


def test_a_refusal_about_an_argument_stands_at_its_field(posted: Posted) -> None:
    form = ReasonForm(posted(reason="开会", count="30").POST)
    perform(posted(), refusing_the_count, then="/", form=form, page=lambda: page_of(form))
    assert form.errors["count"] == ["一次最多 20 位。"]
    assert form.refused == ""


def test_a_refusal_about_what_the_form_doesnt_ask_stands_above_it(posted: Posted) -> None:
    form = ReasonForm(posted(reason="开会", count="1").POST)
    form.refused_by(Refused(None, "没有找到这位客户。", about="customer_id"))
    assert form.refused == "没有找到这位客户。"


# A form is sent in


def named(told: Told) -> Deed[str]:
    """A deed made of what the form was told."""
    return lambda who: f"{told['reason']}，{told['count']} 位"


def not_made(told: Told) -> Deed[str]:
    raise AssertionError("no deed is made of a form that isn't filled in")


def test_a_form_that_is_filled_in_well_is_done_with_what_it_was_told(posted: Posted) -> None:
    request = posted(reason="去总部开会", count="3")
    form = ReasonForm(sent(request))
    answer = submit(request, form, named, page=lambda: page_of(form), then="/me/", said=str)
    assert (answer.status_code, answer.headers["Location"]) == (302, "/me/")
    assert told(request) == [("success", "去总部开会，3 位")]


@pytest.mark.parametrize("wrong", [{}, {"reason": "开会"}, {"reason": "开会", "count": "三"}])
def test_a_form_with_something_missing_or_wrong_is_shown_again_and_nothing_is_done(
    posted: Posted, wrong: dict[str, str]
) -> None:
    request = posted(**wrong)
    form = ReasonForm(sent(request))
    answer = submit(request, form, not_made, page=lambda: page_of(form), then="/me/")
    assert answer.status_code == 200, "the page itself says 422, by `status`"
    assert status(form) == 422
    assert form.errors
    assert wrong.get("reason", "") in answer.content.decode()
    assert told(request) == []


def test_a_form_that_is_only_looked_at_is_shown_without_a_word_of_blame(
    looked: HttpRequest,
) -> None:
    form = ReasonForm(sent(looked))
    answer = submit(looked, form, not_made, page=lambda: page_of(form), then="/me/")
    assert (answer.status_code, status(form)) == (200, 200)
    assert not form.errors


def test_a_form_whose_deed_is_refused_keeps_what_was_typed(posted: Posted) -> None:
    request = posted(reason="去总部开会", count="3")
    form = ReasonForm(sent(request))
    answer = submit(request, form, lambda _: refusing, page=lambda: page_of(form), then="/me/")
    assert answer.status_code == 422
    assert WHY in answer.content.decode()
    assert "去总部开会" in answer.content.decode()


def test_a_form_may_be_done_in_the_name_of_the_whole_company(posted: Posted) -> None:
    company = acting(posted(), UUID(int=9))
    request = posted(reason="开会", count="1")
    form = ReasonForm(sent(request))
    where: list[UUID] = []
    submit(request, form, lambda _: lambda who: where.append(who.site_id),
           page=lambda: page_of(form), then="/", who=company)  # fmt: skip
    assert where == [UUID(int=9)]


def reused(who: Acting) -> str:
    raise KeyReused


def test_a_used_key_is_replaced_and_the_form_says_that_what_was_typed_stands(
    posted: Posted,
) -> None:
    request = posted(key="old", reason="去总部开会", count="3")
    form = ReasonForm(sent(request))
    answer = perform(request, reused, then="/", form=form, page=lambda: page_of(form))
    words = answer.content.decode()
    assert answer.status_code == 422
    assert USED in words
    assert "去总部开会" in words
    assert form["key"].value() not in ("", "old", None)
    assert request.POST["key"] == "old", "what was sent is left as it is"
    assert told(request) == [], "it is said once"


def test_a_refusal_by_a_rule_leaves_the_key(posted: Posted) -> None:
    form = ReasonForm(posted(key="mine", reason="开会", count="3").POST)
    assert tried(form, lambda: refusing(acting(posted()))) is None
    assert form["key"].value() == "mine"


def test_a_hidden_key_has_no_id_so_that_two_forms_never_share_one() -> None:
    assert "id=" not in str(ReasonForm()["key"])
    assert 'id="id_reason"' in str(ReasonForm()["reason"])


def test_a_page_whose_subject_is_over_meanwhile_may_lead_elsewhere(posted: Posted) -> None:
    gone, request = HttpResponse(status=302, headers={"Location": "/"}), posted()
    answer = perform(request, refusing, then="/help/", page=lambda: gone)
    assert answer.status_code == 302
    assert told(request) == [("error", WHY)]


def test_a_form_that_is_no_longer_on_its_page_has_its_refusal_said_at_the_top(
    posted: Posted,
) -> None:
    request = posted(reason="开会", count="1")
    form = ReasonForm(sent(request))
    bare = HttpResponse("这一组已经接待完了。")
    answer = perform(request, refusing, then="/help/", form=form, page=lambda: bare)
    assert answer.status_code == 422
    assert told(request) == [("error", WHY)]


def test_a_page_without_a_form_of_its_own_says_the_refusal_at_its_top(posted: Posted) -> None:
    request = posted()
    answer = perform(request, refusing, then="/help/", page=lambda: HttpResponse("…"))
    assert answer.status_code == 422
    assert told(request) == [("error", WHY)]


def test_what_is_tried_answers_or_leaves_its_refusal_in_the_form(posted: Posted) -> None:
    def reused() -> str:
        raise KeyReused

    form = ReasonForm(posted(reason="开会", count="1").POST)
    assert tried(form, lambda: "好") == "好"
    assert not form.errors
    assert tried(form, reused) is None
    assert form.refused == USED


def test_a_fault_that_is_no_refusal_is_not_swallowed(posted: Posted) -> None:
    def broken(who: Acting) -> str:
        raise RuntimeError("broken")

    with pytest.raises(RuntimeError):
        perform(posted(), broken, then="/help/")


def test_a_page_with_a_sent_form_is_no_success(posted: Posted, looked: HttpRequest) -> None:
    assert sent(looked) is None
    assert status(ReasonForm(sent(looked)), None) == 200
    assert status(ReasonForm(), ReasonForm(sent(posted()))) == 422


# A copy leaves the house


def test_a_page_that_stayed_open_behind_a_download_hands_out_again(
    posted: Posted, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Two taps at once are one copy; another form of it, or the same a minute later, is one more."""
    kept: dict[str, str] = {}
    now = timezone.now().replace(second=1)
    monkeypatch.setattr(timezone, "now", lambda: now)

    def out(form: str) -> Deed[str]:
        def deed(who: Acting) -> str:
            if kept.setdefault(who.key, form) != form:
                raise KeyReused(KeyReused.message)
            return form

        return deed

    assert [take_out(posted(key="abc"), out("sheet")) for _ in range(2)] == ["sheet", "sheet"]
    assert len(kept) == 1
    assert take_out(posted(key="abc"), out("paper")) == "paper"
    assert len(kept) == 2
    now += timedelta(minutes=1)
    take_out(posted(key="abc"), out("sheet"))
    assert sorted(kept.values()) == ["paper", "sheet", "sheet"]
    with pytest.raises(Refused):
        take_out(posted(key="abc"), refusing)
