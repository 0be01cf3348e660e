"""A name is typed in every way its characters may be read, and in no other."""

import time

import pytest
from hypothesis import given
from hypothesis import strategies as st

from yingbin.people.spellings import MOST, folded, found_by, looked_for, spellings


@pytest.mark.parametrize(
    ("name", "spelled"),
    [
        ("林悦", ["linyue"]),
        ("吕布", ["lvbu", "lubu", "lyubu"]),
        ("陈重", ["chenzhong", "chenchong"]),
        ("单雄信", ["shanxiongxin", "danxiongxin", "chanxiongxin"]),
        ("曾乐", ["zengle", "zengyue", "cengle", "cengyue"]),
        ("陳國強", ["chenguoqiang"]),
        ("欧阳锋", ["ouyangfeng"]),
        ("José García", ["josegarcia"]),
        ("", []),
        ("·", []),
    ],
)
def test_every_likely_spelling_of_a_name(name: str, spelled: list[str]) -> None:
    assert sorted("".join(one) for one in spellings(name)) == sorted(spelled)


def test_the_surnames_own_reading_comes_first() -> None:
    assert [spellings(name)[0][0] for name in ("单雄", "曾", "仇英")] == ["shan", "ceng", "qiu"]


@pytest.mark.parametrize(
    ("one", "other"),
    [("陳國強", "陈国强"), ("阿依·古丽", "阿依古丽"), ("José", "JOSE"), ("Łukasz Müller", "lukaszmuller"), ("ＡＢ", "ab")],
)  # fmt: skip
def test_two_ways_of_writing_a_name_are_one(one: str, other: str) -> None:
    assert folded(one) == folded(other)


def test_marks_of_other_scripts_make_other_letters() -> None:
    assert folded("がく") != folded("かく")


def test_letters_are_looked_for_from_the_beginning_of_a_word() -> None:
    words = found_by("阿依古丽·买买提")
    assert all(looked_for(text) in words for text in ("mai", "mmt", "ayiguli", "买提"))
    assert all(looked_for(text) not in words for text in ("aiti", "guli", "li"))


@given(st.text(max_size=40))
def test_no_name_has_more_spellings_than_the_bound(name: str) -> None:
    assert len(spellings(name)) <= MOST


def test_forty_polyphones_take_no_time() -> None:
    began = time.perf_counter()
    assert len(spellings("重乐行长曾单解查" * 5)) <= MOST
    assert time.perf_counter() - began < 0.5
