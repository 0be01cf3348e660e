"""The public form whole: terms of its version, a code to the telephone, every text in English, and nothing to find out."""

import logging
import re
import time
from html import unescape
from statistics import median
from typing import Any

import pytest
from django.test import Client

from yingbin.tours import phone_code
from yingbin.tours.links import digest_of
from yingbin.tours.models import TourVisit
from yingbin.tours.views import public

from .headquarters import Headquarters
from .test_public import FORM, applied, filled

SECRET = "a-secret-that-only-they-have-1111111"
SENT: list[tuple[str, str]] = []


def lived(house: Headquarters) -> None:
    """A visit with a private link."""
    one = house.apply(language="en", visitor="Acme", contact="Lena")
    TourVisit.objects.filter(id=one).update(key_digest=digest_of(SECRET))


# Every text in English

ERRORS: list[dict[str, Any]] = [
    {"visitor": "", "contact": "", "phone": "", "agreed": ""},
    {"phone": "12"},
    {"phone": "abc"},
    {"day": "soon", "start": "x", "end": "", "headcount": "x"},
    {"headcount": "99999", "end": "09:00"},
    {"areas": "moon", "sender": "x", "relation": "x", "aim": "x", "minors": "x", "trade": "x"},
    {"visitor": "A" * 81, "contact": "A" * 41, "phone": "1" * 31, "wants": "A" * 301, "diet": "A" * 301},
    {"day": "2026-11-01"},
    {"stamp": "0~0"},
    {"terms": "1999-1"},
]  # fmt: skip


def chinese(html: str) -> list[str]:
    """What a guest from abroad would see or hear of Chinese, from the tab to the bar of a lost line; the way to the Chinese
    page is meant to be, the house has its name."""
    assert '<html lang="en"' in html
    assert "Yingbin</title>" in html
    body = html
    for own in ("澄湖置业总部", "中文", "可不填", "家电", "电池"):
        body = body.replace(own, "")
    body = re.sub(r"<svg.*?</svg>|<form hidden.*?</form>", "", body, flags=re.DOTALL)
    return re.findall(r"[\u4e00-\u9fff][^<\"]*", unescape(body))


@pytest.mark.parametrize("wrong", ERRORS, ids=str)
def test_whatever_is_wrong_an_english_form_speaks_english(
    kept: Headquarters, wrong: dict[str, Any]
) -> None:
    browser = Client()
    answer = browser.post(FORM, filled(kept, browser, "en", **{"wants": "lines", "cameras": "", "visitor": "Acme", "contact": "Lena", **wrong}))  # fmt: skip
    assert answer.status_code == 422
    html = answer.content.decode()
    assert chinese(html) == []
    assert "errorlist" in html or "refused" in html, "it does say what is wrong"


@pytest.mark.parametrize("tail", ["", "change/", "guests/"])
def test_every_page_of_a_private_link_speaks_english(kept: Headquarters, tail: str) -> None:
    html = Client().get(f"/visit/zongbu/{SECRET}/{tail}", {"lang": "en"}).content.decode()
    assert chinese(html) == []


def test_a_form_that_was_taken_and_is_sent_with_something_else_is_said_in_english(
    kept: Headquarters,
) -> None:
    browser = Client()
    told = filled(kept, browser, "en", visitor="Acme", contact="Lena", wants="", cameras="")
    assert browser.post(FORM, told).status_code == 302
    html = browser.post(FORM, {**told, "headcount": "13"}).content.decode()
    assert "This page was sent before" in html
    assert chinese(html) == []


# Terms, what to bring, how to come


@pytest.mark.clause("CV-3.2.1")
def test_an_application_keeps_the_terms_it_was_shown_and_shows_them_again(
    kept: Headquarters, monkeypatch: pytest.MonkeyPatch
) -> None:
    browser = Client()
    old = filled(kept, browser)
    newer = {"zh": ("新的一条。",), "en": ("A new one.",)}
    monkeypatch.setitem(public.VERSIONS, "2027-1", newer)
    monkeypatch.setattr(public, "VERSION", "2027-1")
    answer = browser.post(FORM, old)
    html = answer.content.decode()
    assert "须知刚刚换了新的一版" in html
    assert "自动线" in html, "what was typed is still there"
    given = dict(re.findall(r'name="(terms|key|stamp)" value="([^"]+)"', html))
    link = browser.post(FORM, {**old, **given, "terms": "2027-1"})["Location"]
    assert TourVisit.objects.latest("seq").terms == "2027-1"
    assert "新的一条" in browser.get(link).content.decode()
    assert "新的一条" not in browser.get(f"/visit/zongbu/{SECRET}/?lang=zh").content.decode()


@pytest.mark.parametrize(
    ("lang", "said", "usual"),
    [("zh", ("东门进", "请穿平底鞋"), "请带身份证件"), ("en", ("East gate", "Flat shoes"), "identity document")],
)  # fmt: skip
def test_a_place_says_in_both_languages_what_to_bring_and_how_to_come(
    kept: Headquarters, lang: str, said: tuple[str, str], usual: str
) -> None:
    link = f"/visit/zongbu/{SECRET}/"
    assert usual in Client().get(link, {"lang": lang}).content.decode()
    kept.choose(
        directions="东门进", directions_en="East gate", bring="请穿平底鞋", bring_en="Flat shoes"
    )
    html = Client().get(link, {"lang": lang}).content.decode()
    assert all(words in html for words in said)
    assert usual not in html


# A code to the telephone


def keep_sent(phone: str, words: str) -> None:
    """A sender of text messages."""
    SENT.append((phone, words))


def broken(phone: str, words: str) -> None:
    """One whose line is down, and who says too much about it."""
    raise OSError(f"could not send {words} to {phone}")


@pytest.fixture
def codes(kept: Headquarters, settings: Any) -> Headquarters:
    """That house, which has somebody who sends codes."""
    SENT.clear()
    settings.YINGBIN_PHONE_CODE_SENDER = f"{__name__}.keep_sent"
    return kept


def asked(browser: Client, told: dict[str, Any]) -> dict[str, Any]:
    """The form after a code was sent, with the code in it."""
    html = browser.post(FORM, told).content.decode()
    assert "验证码已经发到 138****8000" in html
    proof = re.findall(r'name="proof" value="([^"]+)"', html)[0]
    return {**told, "proof": proof, "code": re.findall(r"\d{6}", SENT[-1][1])[0]}


def test_where_codes_are_sent_an_application_is_taken_with_its_code(codes: Headquarters) -> None:
    browser, before = Client(), TourVisit.objects.count()
    told = asked(browser, filled(codes, browser))
    assert SENT[0][0] == "+8613800138000"
    assert TourVisit.objects.count() == before, "nothing is kept before"
    assert browser.post(FORM, told).status_code == 302
    assert TourVisit.objects.count() == before + 1


@pytest.mark.parametrize(
    "other",
    [
        {"code": "000000"},
        {"phone": "13900139000"},
        {"proof": "x~y~z"},
        {"proof": ""},
    ],
    ids=str,
)
def test_another_code_telephone_or_mark_proves_nothing(
    codes: Headquarters, other: dict[str, str]
) -> None:
    browser = Client()
    told = asked(browser, filled(codes, browser))
    html = browser.post(FORM, {**told, **other}).content.decode()
    assert "验证码不对、过期" in html
    assert "自动线" in html


def test_a_code_is_tried_five_times_and_sent_three_times_wherever_from(codes: Headquarters) -> None:
    browser = Client()
    told = asked(browser, filled(codes, browser))
    for n in range(5):
        browser.post(FORM, {**told, "code": f"{n:06}"}, REMOTE_ADDR=f"10.0.0.{n}")
    assert browser.post(FORM, told).status_code == 422, "even the right one, now"
    for _ in range(3):
        html = browser.post(FORM, {**told, "code": ""}).content.decode()
    assert "要验证码太多次了" in html
    assert len(SENT) == 3


def test_a_code_is_too_old_after_ten_minutes(
    codes: Headquarters, monkeypatch: pytest.MonkeyPatch
) -> None:
    browser = Client()
    told = asked(browser, filled(codes, browser))
    now = time.time()
    monkeypatch.setattr(time, "time", lambda: now + phone_code.GOOD_FOR + 5)
    assert "验证码不对、过期" in browser.post(FORM, told).content.decode()


def test_neither_code_nor_telephone_is_logged_when_the_sender_fails(
    codes: Headquarters, settings: Any, caplog: pytest.LogCaptureFixture
) -> None:
    settings.YINGBIN_PHONE_CODE_SENDER = f"{__name__}.broken"
    browser = Client()
    with caplog.at_level(logging.DEBUG):
        html = browser.post(FORM, filled(codes, browser)).content.decode()
    assert "验证码没有发出去" in html
    assert "OSError" in caplog.text
    assert not re.search(r"\d{6}", caplog.text.replace("13800138000", "phone"))
    assert "13800138000" not in caplog.text


def test_where_nobody_sends_codes_nobody_is_asked_for_one(kept: Headquarters) -> None:
    browser = Client()
    assert "验证码" not in browser.get(FORM).content.decode()
    assert applied(kept, browser)


def test_a_sender_can_be_tried_out_on_a_terminal_and_needs_one(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    def nowhere(*_: Any, **__: Any) -> Any:
        raise OSError("no terminal")

    monkeypatch.setattr("builtins.open", nowhere)
    with pytest.raises(OSError, match="no terminal"):
        phone_code.on_terminal("+8613800138000", "123456")


# Nothing to find out


@pytest.mark.clause("CV-4.2")
def test_whether_a_link_was_ever_right_shows_neither_in_the_answer_nor_in_its_time(
    kept: Headquarters,
) -> None:
    browser = Client()
    secrets = [SECRET[:-1] + "2", "x" * len(SECRET), "A" * 32, "短"]
    paths = [
        f"/visit/zongbu/{one}/{tail}"
        for one in secrets
        for tail in ("", "change/", "guests/", "passes/")
    ]
    pages = {re.sub(r"/visit/[^\"]*", "", browser.get(path).content.decode()) for path in paths}
    assert len(pages) == 1, "one answer to all of them"

    def took(path: str) -> float:
        began = time.perf_counter()
        browser.get(path)
        return time.perf_counter() - began

    near, far = (median(took(f"/visit/zongbu/{one}/") for _ in range(9)) for one in secrets[:2])
    assert max(near, far) < 3 * min(near, far), "a link that is nearly right takes no longer"


@pytest.mark.clause("CV-4.2")
def test_applying_for_somebody_who_visits_already_answers_as_for_anybody(
    kept: Headquarters,
) -> None:
    browser = Client()
    pages = []
    for visitor in ("Acme", "Nobody"):
        link = applied(kept, browser, visitor=visitor, contact="Lena", phone="13800138001")
        html = browser.get(link).content.decode()
        pages.append(
            re.sub(r"/visit/zongbu/[^/]+/|value=\"[^\"]+\"", "", html.replace(visitor, ""))
        )
    assert pages[0] == pages[1]
