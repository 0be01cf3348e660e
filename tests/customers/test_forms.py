"""What the customers' pages are sent: what is missing or wrong is said in one sentence, at its field."""

from typing import Any
from uuid import UUID

import pytest
from django import forms
from django.http import QueryDict

from yingbin.customers.forms import (
    MOST_ERASED,
    WHYS,
    ConsentForm,
    EditForm,
    EraseForm,
    MergeForm,
    NameForm,
    PhoneForm,
    ReceiverForm,
    RegisterForm,
    RetentionForm,
    RevealForm,
    Tick,
    WordingForm,
)

LINYUE, ZHOUHANG = UUID(int=11), UUID(int=12)
COLLEAGUES = [(LINYUE, "林悦"), (ZHOUHANG, "周航")]


def wrong_with(form: forms.BaseForm) -> dict[str, list[str]]:
    """What is wrong, by field."""
    return {name: list(said) for name, said in form.errors.items()}


def ticked(*words: str, reason: str = "公司规定保存两年") -> RetentionForm:
    """The preview of who has not been seen for long, with these ticks."""
    told = QueryDict(mutable=True)
    told["reason"] = reason
    told.setlist("customer", list(words))
    return RetentionForm(told)


@pytest.mark.parametrize(
    "told",
    [
        {"name": "张三"},
        {"phone": "138 0000 8821"},
        {"name": "张三", "phone": "13800008821", "title": "mr", "note": "想看三房"},
        {"phone": "+852 9123 4567"},
        {"name": "𠮷野"},
        {"name": "买买提·阿不都热合曼"},
    ],
)
def test_a_name_or_a_phone_is_enough_for_a_card(told: dict[str, str]) -> None:
    assert RegisterForm(told).is_valid()


@pytest.mark.parametrize(
    ("told", "field", "said"),
    [
        ({}, "__all__", "请至少填写姓名或电话"),
        ({"name": "  ", "note": "想看三房"}, "__all__", "请至少填写姓名或电话"),
        ({"phone": "1380000882"}, "phone", "少一位"),
        ({"name": "张三", "phone": "88886666"}, "phone", "带上区号"),
        ({"name": "张" * 41}, "name", "最多 40 个字"),
        ({"name": "张三", "note": "好" * 501}, "note", "最多 500 个字"),
    ],
)
def test_what_is_wrong_with_a_new_card_is_said_at_its_field(
    told: dict[str, str], field: str, said: str
) -> None:
    wrong = wrong_with(RegisterForm(told))
    assert list(wrong) == [field]
    assert said in wrong[field][0]


def test_a_wrong_number_alone_is_not_also_called_an_empty_card() -> None:
    assert wrong_with(RegisterForm({"phone": "123"})).keys() == {"phone"}


def test_how_somebody_is_addressed_is_one_of_three() -> None:
    assert EditForm({"title": ""}).is_valid()
    assert EditForm({"title": "ms"}).is_valid()
    assert wrong_with(EditForm({"title": "dr"})).keys() == {"title"}


def test_a_card_may_lose_its_name_but_another_name_must_be_one() -> None:
    assert EditForm({"name": ""}).is_valid()
    assert wrong_with(NameForm({"name": " "})).keys() == {"name"}
    assert NameForm({"name": " 张小三 "}).is_valid()


@pytest.mark.parametrize(
    ("typed", "said"), [("", "电话"), ("张三", "只能有数字"), ("138000088211", "多一位")]
)
def test_another_phone_says_what_is_wrong_with_it(typed: str, said: str) -> None:
    assert said in wrong_with(PhoneForm({"phone": typed}))["phone"][0]


@pytest.mark.parametrize("why", WHYS)
def test_a_look_at_a_number_has_one_of_these_purposes(why: str) -> None:
    assert RevealForm({"why": why}).is_valid()


@pytest.mark.parametrize("why", ["", "好奇", "回访"])
def test_a_look_without_a_purpose_of_the_list_is_none(why: str) -> None:
    assert not RevealForm({"why": why}).is_valid()


@pytest.mark.clause("TQ-8")
def test_a_customer_goes_to_somebody_of_the_list_or_to_nobody() -> None:
    def to(who: str) -> ReceiverForm:
        told = QueryDict(mutable=True)
        told.update({"staff": who, "reason": "原顾问离职交接"})
        return ReceiverForm(COLLEAGUES, told)

    given = to(str(ZHOUHANG))
    assert given.is_valid()
    assert given.cleaned_data["staff"] == ZHOUHANG
    nobodys = to("")
    assert nobodys.is_valid()
    assert nobodys.cleaned_data["staff"] is None
    assert wrong_with(to(str(UUID(int=99)))).keys() == {"staff"}
    assert wrong_with(to("林悦")).keys() == {"staff"}


@pytest.mark.clause("TQ-8")
def test_whose_customer_it_is_changes_with_a_reason() -> None:
    form = ReceiverForm(COLLEAGUES, QueryDict(f"staff={LINYUE}&reason=+"))
    assert wrong_with(form).keys() == {"reason"}
    shown = str(ReceiverForm(COLLEAGUES)["staff"])
    assert shown.index("暂不归属任何人") < shown.index("林悦") < shown.index("周航")


def test_a_merge_proposes_the_first_card_and_takes_only_one_of_the_two() -> None:
    cards = [(UUID(int=1), "张三先生"), (UUID(int=2), "张叁")]
    assert MergeForm(cards)["into"].value() == str(UUID(int=1))
    assert MergeForm([])["into"].value() is None
    told = {"into": str(UUID(int=2)), "why": "本人确认"}
    form = MergeForm(cards, _posted(told))
    assert form.is_valid()
    assert form.cleaned_data["into"] == UUID(int=2)
    third = MergeForm(cards, _posted(told | {"into": str(UUID(int=3))}))
    assert wrong_with(third).keys() == {"into"}
    mute = MergeForm(cards, _posted(told | {"why": " "}))
    assert wrong_with(mute).keys() == {"why"}


def _posted(told: dict[str, str]) -> QueryDict:
    sent = QueryDict(mutable=True)
    sent.update(told)
    return sent


def test_consent_is_given_or_withdrawn_and_somehow_said() -> None:
    assert ConsentForm({"how": "spoken", "given": "yes"}).is_valid()
    assert ConsentForm({"how": "paper", "given": "no"}).is_valid()
    wrong = wrong_with(ConsentForm({"how": "guessed", "given": "maybe"}))
    assert wrong.keys() == {"how", "given"}


@pytest.mark.parametrize(
    ("told", "missing"),
    [
        ({}, {"reason", "sure"}),
        ({"reason": "本人来信"}, {"sure"}),
        ({"sure": "12"}, {"reason"}),
        ({"reason": "本人来信", "sure": "12"}, set()),
    ],
)
def test_an_erasure_asks_for_ground_and_number(told: dict[str, str], missing: set[str]) -> None:
    assert wrong_with(EraseForm(told)).keys() == missing


def test_the_text_customers_are_told_is_not_longer_than_a_tablet_shows() -> None:
    assert WordingForm({"text": "我们记下您的称呼和电话，只用于联系您看房。"}).is_valid()
    assert "最多 600 个字" in wrong_with(WordingForm({"text": "告" * 601}))["text"][0]


def test_ticks_are_read_with_the_number_that_confirms_each() -> None:
    one, two = UUID(int=1), UUID(int=2)
    form = ticked(f"7:{one}", f"12:{two}")
    assert form.is_valid()
    assert set(form.cleaned_data["customers"]) == {Tick("7", one), Tick("12", two)}
    assert form.ids == {str(one), str(two)}


def test_the_same_customer_ticked_twice_is_erased_once() -> None:
    form = ticked(f"7:{UUID(int=1)}", f"7:{UUID(int=1)}")
    assert form.is_valid()
    assert len(form.cleaned_data["customers"]) == 1


@pytest.mark.parametrize(
    ("words", "said"),
    [
        ([], "请先勾选要删除的客户"),
        (["7"], "页面已过时"),
        (["7:not-an-id"], "页面已过时"),
        ([f"{n}:{UUID(int=n)}" for n in range(MOST_ERASED + 1)], f"每次最多删除 {MOST_ERASED} 位"),
    ],
)
def test_ticks_that_cannot_be_erased_are_said(words: list[str], said: str) -> None:
    assert said in wrong_with(ticked(*words))["__all__"][0]


def test_as_many_as_may_go_at_once_do() -> None:
    assert ticked(*(f"{n}:{UUID(int=n)}" for n in range(MOST_ERASED))).is_valid()


def test_ticks_stay_when_the_rule_is_missing() -> None:
    form = ticked(f"7:{UUID(int=1)}", reason="")
    assert wrong_with(form).keys() == {"reason"}
    assert form.ids == {str(UUID(int=1))}


@pytest.mark.parametrize(
    ("form", "told"),
    [
        (RegisterForm, {"name": "张三", "phone": "1380000882"}),
        (PhoneForm, {"phone": "1380000882"}),
        (EraseForm, {"reason": "本人 11 月 20 日来信"}),
    ],
)
def test_what_was_typed_stays_beside_what_is_wrong(
    form: type[forms.Form], told: dict[str, Any]
) -> None:
    sent = form(told)
    assert not sent.is_valid()
    for name, words in told.items():
        assert f'value="{words}"' in str(sent[name])
