"""The small pieces of every page say the right words and never let a name become markup."""

from datetime import datetime, timedelta
from zoneinfo import ZoneInfo

import pytest
from django import forms
from django.template import Context, Template
from django.utils import timezone

from yingbin.pages.templatetags import ui

SHANGHAI = ZoneInfo("Asia/Shanghai")
AFTERNOON = datetime(2026, 5, 16, 15, 0, tzinfo=SHANGHAI)


def shown(text: str, **context: object) -> str:
    """A template's text with the tags every page has."""
    return Template("{% load ui %}" + text).render(Context(context))


@pytest.mark.parametrize(
    ("back", "words"),
    [
        (timedelta(seconds=59), "刚刚"),
        (timedelta(seconds=60), "1分钟前"),
        (timedelta(minutes=59, seconds=59), "59分钟前"),
        (timedelta(hours=1), "1小时前"),
        (timedelta(hours=15), "15小时前"),
        (timedelta(hours=15, minutes=1), "昨天 23:59"),
        (timedelta(days=2), "5月14日 15:00"),
        (timedelta(days=200), "2025年10月28日 15:00"),
        (timedelta(seconds=-20), "刚刚"),
        (timedelta(seconds=-90), "1分钟后"),
        (timedelta(hours=-3), "3小时后"),
    ],
)
def test_a_moment_is_told_as_people_say_it(back: timedelta, words: str) -> None:
    assert ui.words_since(AFTERNOON - back, AFTERNOON) == words


@pytest.mark.parametrize(
    ("seconds", "words"),
    [
        (-5, "不到1分"),
        (59, "不到1分"),
        (60, "1分"),
        (3599, "59分"),
        (3600, "1时00分"),
        (7500, "2时05分"),
    ],
)
def test_what_lasts_is_told_in_minutes_and_hours(seconds: int, words: str) -> None:
    assert ui.words_lasting(seconds) == words


def test_a_relative_time_carries_the_exact_one_in_the_sites_zone() -> None:
    html = shown("{{ at|rel }}", at=datetime(2026, 5, 16, 7, 0, tzinfo=ZoneInfo("UTC")))
    assert 'datetime="2026-05-16T15:00:00+08:00"' in html
    assert 'title="2026-05-16 15:00:00"' in html


def test_no_moment_shows_nothing() -> None:
    assert shown("[{{ at|rel }}{{ at|elapsed }}{{ at|countdown }}]", at=None) == "[]"


def test_a_countdown_that_is_over_stays_at_zero() -> None:
    assert ">0:00</span>" in shown("{{ at|countdown }}", at=timezone.now() - timedelta(hours=1))


def test_names_never_become_markup() -> None:
    name = "<b>林悦</b>"
    for text in ("{{ n|avatar }}", "{% person n n %}", '{% pill "free" n %}', "{{ n|receipt }}"):
        assert "<b>林" not in shown(text, n=name)
    assert "<b>林" not in shown('{% icon "user" n %}', n=name)


@pytest.mark.parametrize(
    ("name", "letter"),
    [
        ("林悦", "林悦"),
        ("陈思远", "思远"),
        ("欧阳长风", "长风"),
        ("买买提·阿不都热合曼", "买提"),
        ("欧女士", "欧"),
        ("先生", "先生"),
        ("José García", "JG"),
        ("Schneider", "S"),
        ("", "?"),
    ],
)
def test_a_circle_holds_what_colleagues_call(name: str, letter: str) -> None:
    assert f">{letter}</span>" in ui.avatar(name)


def test_every_status_has_colour_icon_and_word() -> None:
    for status, (picture, word) in ui.STATUS.items():
        html = ui.pill(status)
        assert f'class="pill {status}"' in html
        assert f"#{picture}" in html
        assert word in html


def test_a_phone_is_masked() -> None:
    assert "138****8821" in shown("{{ p|masked }}", p="+8613800138821")
    assert "0013" not in shown("{{ p|masked }}", p="+8613800138821")


class Question(forms.Form):
    """A required name, an optional note, one question."""

    name = forms.CharField(label="姓名", help_text="按身份证", max_length=4)
    note = forms.CharField(label="备注", required=False)
    first = forms.ChoiceField(label="第一次来吗", choices=[("yes", "第一次"), ("no", "来过")])


def test_a_field_keeps_what_was_typed_and_says_what_is_wrong() -> None:
    html = shown("{% field f.name %}", f=Question({"name": "阿不都热合曼"}))
    assert 'value="阿不都热合曼"' in html
    assert 'aria-invalid="true"' in html
    assert 'aria-describedby="id_name_help id_name_error"' in html
    assert 'id="id_name_error"' in html


def test_only_optional_fields_say_so() -> None:
    assert "可不填" not in shown("{% field f.name %}", f=Question())
    assert "可不填" in shown("{% field f.note %}", f=Question())


def test_choices_are_plain_radio_buttons_with_the_chosen_one_kept() -> None:
    look = {"no": {"icon": "return", "help": "按登记接待人"}}
    html = shown("{% choices f.first look=look %}", f=Question({"first": "no"}), look=look)
    assert html.count('type="radio"') == 2
    assert html.count("checked") == 1
    assert html.index('value="no"') < html.index("checked") < html.index("按登记接待人")


@pytest.mark.parametrize(("n", "total", "lit"), [(1, 8, "270"), (8, 8, "34"), (3, 0, "0.01")])
def test_the_gate_closes_as_one_moves_to_the_front(n: int, total: int, lit: str) -> None:
    assert f'stroke-dasharray="{lit} 400"' in shown("{% place n total %}", n=n, total=total)


def test_a_word_in_the_gate_closes_it() -> None:
    html = shown('{% place "您" 8 "下一批" "来接待" %}')
    assert 'stroke-dasharray="270 400"' in html
    assert html.index("下一批") < html.index("您") < html.index("来接待")


def test_the_time_left_starts_where_it_is() -> None:
    html = shown("{% time_left until 120 %}", until=timezone.now() + timedelta(seconds=60.5))
    assert 'data-ring-of="120"' in html
    assert ">1:00</span>" in html
    assert 'stroke-dasharray="135 400"' in html


def test_steps_mark_where_one_is() -> None:
    html = shown('{% steps 2 "公司" "项目" "人员" %}')
    assert html.count('class="done"') == 1
    assert html.index("公司") < html.index('aria-current="step"') < html.index("项目")
