"""What every form that ends in a signature refuses: a dot, a drawing that is none, a password that isn't theirs."""

import json
from typing import Any

import pytest
from django import forms

from yingbin.sheets import forms as signing
from yingbin.sheets.forms import HandOutForm, SigningForm
from yingbin.sheets.ink import HIGH, MOST_POINTS, MOST_STROKES, WIDE, drawn, strokes_of

NAME = [[100, 100, 300, 200, 500, 120, 600, 130, 620, 140, 700, 150]]


class KeyForm(SigningForm):
    """A key is lent: the lender signs, and whoever takes it if they like."""

    taker = forms.CharField(required=False)
    taker_drawn = forms.CharField(required=False)
    glasses = ("taker_drawn",)
    signer = "发放人"


def sent(**told: Any) -> KeyForm:
    kept = {k: v if isinstance(v, str) else json.dumps(v) for k, v in told.items()}
    return KeyForm(kept)


def test_a_name_drawn_on_the_glass_signs() -> None:
    form = sent(drawn=NAME)
    assert form.is_valid()
    assert form.cleaned_data["drawn"] == (tuple(NAME[0]),)
    assert form.cleaned_data["taker_drawn"] == ()


@pytest.mark.parametrize(
    "strokes", ["", [], [[1, 1]], [[1, 1, 2, 2]], [[1, 1], [2, 2], [3, 3], [4, 4], [5, 5]]]
)
def test_less_than_a_name_signs_nothing_and_says_whose_is_missing(strokes: Any) -> None:
    form = sent(drawn=strokes)
    assert form.errors["drawn"] == ["请发放人在签名框里签上自己的名字。"]
    assert form.signer_label == "发放人签名"


def test_a_password_stands_for_the_signature_where_there_is_no_glass() -> None:
    assert sent(password="geheim").is_valid()


def test_another_signature_may_be_missing_but_not_be_nonsense() -> None:
    assert sent(drawn=NAME, taker_drawn=[[1, 1]]).is_valid()
    form = sent(drawn=NAME, taker_drawn="{}")
    assert list(form.errors) == ["taker_drawn"]
    assert "请清除后重签一次" in form.errors["taker_drawn"][0]


@pytest.mark.parametrize(
    "text", ["x", "{}", "[1]", "[[1]]", "[[]]", "[[1,2,3]]", "[[1.5,2]]", "[" * 20000]
)
def test_a_drawing_that_cannot_be_read_is_said_once_and_not_called_empty(text: str) -> None:
    form = sent(drawn=text)
    assert len(form.errors["drawn"]) == 1
    assert "没有读出来" in form.errors["drawn"][0]


@pytest.mark.parametrize(("password", "good"), [("geheim", True), ("", False), ("falsch", False)])
def test_a_signature_by_password_is_by_the_signers_own(
    monkeypatch: pytest.MonkeyPatch, rf: Any, password: str, good: bool
) -> None:
    monkeypatch.setattr(signing, "confirmed", lambda request, typed: typed == "geheim")
    form = sent(password=password or "x")
    assert form.is_valid()
    assert form.is_signed(rf.post("/")) is good
    if not good:
        assert "没有签上" in form.errors["password"][0]


def test_what_is_drawn_needs_no_password(monkeypatch: pytest.MonkeyPatch, rf: Any) -> None:
    monkeypatch.setattr(signing, "confirmed", lambda request, typed: pytest.fail("asked"))
    form = sent(drawn=NAME)
    assert form.is_valid()
    assert form.is_signed(rf.post("/"))
    assert (form.signature().how, form.signature().kept()) == ("glass", NAME)


def test_a_signature_by_password_has_no_strokes() -> None:
    form = sent(password="geheim")
    assert form.is_valid()
    assert (form.signature().how, form.signature().kept()) == ("password", [])


# The glass


@pytest.mark.parametrize(
    "strokes",
    [
        [[0, 0]],
        [[WIDE, HIGH]],
        [[1, 2]] * MOST_STROKES,
        [[1, 2] * MOST_POINTS],
    ],
)
def test_whatever_the_glass_can_send_is_read(strokes: list[list[int]]) -> None:
    assert [list(s) for s in strokes_of(json.dumps(strokes))] == strokes


@pytest.mark.parametrize(
    "strokes",
    [
        [[-1, 0]],
        [[WIDE + 1, 0]],
        [[0, HIGH + 1]],
        [[True, 1]],
        [["1", "2"]],
        [[1, 2]] * (MOST_STROKES + 1),
        [[1, 2] * (MOST_POINTS + 1)],
        {"strokes": [[1, 2]]},
    ],
)
def test_whatever_it_cannot_send_is_refused(strokes: Any) -> None:
    with pytest.raises(ValueError, match=r"stroke|point"):
        strokes_of(json.dumps(strokes))


def test_the_journal_tells_one_signature_from_another_and_shows_neither() -> None:
    assert drawn([[1, 2, 3, 4]]) == drawn(((1, 2, 3, 4),))
    assert drawn([[1, 2, 3, 4]]) != drawn([[1, 2], [3, 4]])
    assert len(drawn(NAME)) == 64


# A copy leaves the house


@pytest.mark.parametrize("form", ["sheet", "paper", "pdf"])
def test_a_copy_is_asked_for_with_its_purpose_and_form(form: str) -> None:
    assert HandOutForm({"why": "月度来访分析", "form": form}).is_valid()


@pytest.mark.parametrize(
    ("told", "field", "said"),
    [
        ({"form": "pdf", "why": ""}, "why", "请写明带出去做什么用"),
        ({"form": "pdf", "why": "  "}, "why", "请写明带出去做什么用"),
        ({"form": "pdf", "why": "析" * 201}, "why", "最多 200 个字"),
        ({"form": "docx", "why": "存档"}, "form", ""),
        ({"why": "存档"}, "form", ""),
    ],
)
def test_a_copy_without_purpose_or_form_is_refused(
    told: dict[str, str], field: str, said: str
) -> None:
    form = HandOutForm(told)
    assert list(form.errors) == [field]
    assert said in form.errors[field][0]


def test_the_empty_field_shows_what_a_purpose_looks_like() -> None:
    assert 'placeholder="例如：' in str(HandOutForm()["why"])
