"""Fields say in Chinese what is missing or too long, bring up the right keys on a phone, and compare what is typed twice."""

import re
from datetime import date
from pathlib import Path

import pytest
from django import forms

from yingbin.pages.forms import (
    Cleaned,
    KeyedForm,
    choose,
    date_box,
    decimal,
    digits,
    first_error,
    password,
    phone,
    same_twice,
    text,
    whole,
)


class Person(KeyedForm):
    """A person, as a desk takes them down."""

    name = text("姓名", 4)
    tel = phone()
    unit = forms.ChoiceField(label="楼栋", choices=[("1", "1 号楼"), ("2", "2 号楼")])
    note = text("备注", required=False)


class Secret(KeyedForm):
    """Something that is typed twice."""

    secret = password("新密码", new=True)
    again = password("再输一次")
    pin = digits("换人 PIN", low=4, high=6)
    code = digits("验证码", low=6, high=6, code=True)

    def clean(self) -> Cleaned:
        return same_twice(self, super().clean(), "secret")


GOOD = {"secret": "一个长长的密码", "again": "一个长长的密码", "pin": "2580", "code": "123456"}


@pytest.mark.parametrize(
    ("told", "field", "why"),
    [
        ({}, "name", "请填写姓名。"),
        ({"name": "   "}, "name", "请填写姓名。"),
        ({"name": "阿不都热合曼"}, "name", "姓名最多 4 个字。"),
        ({"name": "林悦"}, "unit", "请选择楼栋。"),
        ({"name": "林悦", "unit": "9"}, "unit", "请从列表里选择楼栋。"),
    ],
)
def test_what_is_missing_or_wrong_is_said_at_its_field(
    told: dict[str, str], field: str, why: str
) -> None:
    form = Person(told)
    assert not form.is_valid()
    assert list(form.errors[field]) == [why]
    assert first_error(form)


def test_what_may_be_left_out_may_be_left_out() -> None:
    form = Person({"name": "林悦", "unit": "1"})
    assert form.is_valid()
    assert (form.cleaned_data["tel"], form.cleaned_data["note"]) == ("", "")
    assert first_error(form) == ""


@pytest.mark.parametrize(
    ("told", "field", "why"),
    [
        ({"again": "别的"}, "again", "两次输入的不一样，请重新输入。"),
        ({"pin": "258"}, "pin", "这里要填 4 到 6 位数字。"),
        ({"pin": "2580258"}, "pin", "这里要填 4 到 6 位数字。"),
        ({"code": "12345"}, "code", "这里要填 6 位数字。"),
        ({"secret": "长" * 129, "again": "长" * 129}, "secret", "密码最多 128 个字符。"),
    ],
)
def test_what_is_typed_twice_must_be_the_same_and_codes_have_their_length(
    told: dict[str, str], field: str, why: str
) -> None:
    form = Secret(GOOD | told)
    assert not form.is_valid()
    assert list(form.errors[field]) == [why]


def test_a_password_keeps_its_blanks_and_one_that_is_missing_is_asked_for_once() -> None:
    form = Secret(GOOD | {"secret": " 空格 ", "again": " 空格 "})
    assert form.is_valid()
    assert form.cleaned_data["secret"] == " 空格 "
    empty = Secret(GOOD | {"secret": "", "again": ""})
    assert not empty.is_valid()
    assert "两次" not in str(empty.errors)


def test_a_phone_brings_up_the_keys_that_a_field_needs() -> None:
    person, secret = str(Person()), str(Secret())
    assert 'type="tel"' in person
    assert 'inputmode="numeric"' in secret
    assert 'autocomplete="one-time-code"' in secret
    assert 'autocomplete="new-password"' in secret
    assert 'autocomplete="current-password"' in secret


def test_a_secret_that_was_refused_is_never_sent_back_to_the_page() -> None:
    form = Secret(GOOD | {"code": "1"})
    assert not form.is_valid()
    for secret in ("一个长长的密码", "2580"):
        assert secret not in str(form)


def test_a_page_offers_the_choices_it_has_and_refuses_others() -> None:
    form = Person({"name": "林悦", "unit": "3"})
    choose(form.fields["unit"], [("3", "3 号楼")])
    assert form.is_valid()
    with pytest.raises(AssertionError):
        choose(form.fields["name"], [])


def test_two_forms_of_one_page_share_no_id() -> None:
    class Other(Person):
        prefix_of_ids = "other"

    assert 'id="id_name"' in str(Person())
    assert 'id="id_other_name"' in str(Other())
    assert 'id="mine-name"' in str(Person(auto_id="mine-%s"))
    assert "id=" not in str(Person()["key"])


@pytest.mark.parametrize(
    ("told", "said"),
    [
        ({"people": "0"}, "人数请填 1 到 99 之间的整数。"),
        ({"people": "100"}, "人数请填 1 到 99 之间的整数。"),
        ({"people": "两"}, "人数请填 1 到 99 之间的整数。"),
        ({"worth": "-1"}, "请填 0 或更大的整数。"),
        ({"room": "三"}, "房号写数字。"),
    ],
)
def test_a_number_beyond_its_limits_hears_them(told: dict[str, str], said: str) -> None:
    class Numbers(forms.Form):
        people = whole("人数", 1, 99, called="人数", required=False)
        worth = whole("估价", 0, required=False)
        room = whole("房号", 0, 9, required=False, error_messages={"invalid": "房号写数字。"})

    assert first_error(Numbers(told)) == said


def test_every_number_of_the_product_is_such_a_field() -> None:
    """Django's own words name neither the thing nor both limits."""
    house = Path(__file__).resolve().parents[2] / "yingbin"
    own = re.compile(r"forms\.(Integer|Decimal|Float)Field\(")
    files = {f.relative_to(house) for f in house.rglob("*.py") if own.search(f.read_text("utf-8"))}
    assert files == {Path("pages/forms.py")}


class Money(KeyedForm):
    """What something costs, in yuan."""

    each = decimal("每位", "请填 0.01 到 10,000 元。", low="0.01", high="10000")


@pytest.mark.parametrize("told", ["0.01", "999", "1288", "9999.99", "10000", "10000.00"])
def test_a_price_up_to_its_limit_is_taken_however_the_limit_is_written(told: str) -> None:
    assert not Money({"each": told}).errors.get("each")


@pytest.mark.parametrize("told", ["0", "10000.01", "88.888", "很贵", "100000"])
def test_a_price_beyond_its_limits_is_refused_once_in_its_own_words(told: str) -> None:
    assert Money({"each": told}).errors["each"] == ["请填 0.01 到 10,000 元。"]


class Leave(KeyedForm):
    """From when somebody is away."""

    day = forms.DateField(label="从哪天起", widget=date_box())


def test_a_day_that_stands_in_a_form_is_shown_by_the_browsers_calendar() -> None:
    shown = str(Leave(initial={"day": date(2026, 12, 31)})["day"])
    assert 'type="date"' in shown
    assert 'value="2026-12-31"' in shown, "written otherwise it looks empty, and saving empties it"


def test_every_day_is_asked_for_by_the_one_box() -> None:
    written = re.compile(r"""["']type["']: ["']date["']""")
    found = [
        str(file) for file in Path("yingbin").rglob("*.py") if written.search(file.read_text())
    ]
    assert found == ["yingbin/pages/forms.py"]
