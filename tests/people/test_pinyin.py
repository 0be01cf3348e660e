"""Names are spelled as people call themselves."""

import pytest

from yingbin.people.pinyin import spelled


@pytest.mark.parametrize(
    ("name", "pinyin", "initials"),
    [
        ("林悦", "linyue", "ly"),
        ("单雄信", "shanxiongxin", "sxx"),
        ("仇英", "qiuying", "qy"),
        ("任盈盈", "renyingying", "ryy"),
        ("曾国藩", "zengguofan", "zgf"),
        ("解缙", "xiejin", "xj"),
        ("查良镛", "zhaliangyong", "zly"),
        ("朴树", "piaoshu", "ps"),
        ("褚遂良", "chusuiliang", "csl"),
        ("欧阳修", "ouyangxiu", "oyx"),
        ("尉迟恭", "yuchigong", "ycg"),
        ("万俟卨", "moqixie", "mqx"),
        ("乐正绫", "yuezhengling", "yzl"),
        ("单于飞", "chanyufei", "cyf"),
        ("吕布", "lvbu", "lb"),
        ("Anna Lee", "annalee", "al"),
        ("王 建国", "wangjianguo", "wjg"),
    ],
)
def test_a_name_is_spelled_with_its_surname_read_as_a_surname(
    name: str, pinyin: str, initials: str
) -> None:
    assert spelled(name) == (pinyin, initials)


def test_the_same_character_inside_a_given_name_is_read_as_the_word() -> None:
    assert spelled("林单") == ("lindan", "ld")
    assert spelled("单") == ("dan", "d")


def test_an_empty_name_is_spelled_as_nothing() -> None:
    assert spelled("  ") == ("", "")
