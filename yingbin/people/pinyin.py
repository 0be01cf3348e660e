"""How a Chinese name is spelled: surnames by a table, since many are read unlike the word."""

from typing import Any

_SURNAMES = {
    "单": "shan", "仇": "qiu", "任": "ren", "曾": "zeng", "解": "xie", "查": "zha", "朴": "piao",
    "盖": "ge", "区": "ou", "尉": "wei", "燕": "yan", "华": "hua", "纪": "ji", "翟": "zhai",
    "重": "chong", "黑": "he", "秘": "bi", "折": "she", "员": "yun", "召": "shao", "缪": "miao",
    "幺": "yao", "祭": "zhai", "乐": "yue", "宁": "ning", "冼": "xian", "洗": "xian", "覃": "qin",
    "晟": "cheng", "朝": "chao", "种": "chong", "繁": "po", "句": "gou", "卜": "bu", "逄": "pang",
}  # fmt: skip
_COMPOUND = {
    "欧阳": "ou yang", "上官": "shang guan", "司马": "si ma", "诸葛": "zhu ge", "尉迟": "yu chi",
    "长孙": "zhang sun", "令狐": "ling hu", "慕容": "mu rong", "皇甫": "huang fu",
    "东方": "dong fang", "公孙": "gong sun", "夏侯": "xia hou", "万俟": "mo qi", "澹台": "tan tai", "宇文": "yu wen",
    "单于": "chan yu", "端木": "duan mu", "南宫": "nan gong", "西门": "xi men", "独孤": "du gu",
}  # fmt: skip


def syllables(name: str) -> list[str]:
    """The syllables of a name, lower case without tones; what isn't Chinese stays as words."""
    text = name.strip()
    first = _COMPOUND.get(text[:2])
    if first:
        return [*first.split(), *_read(text[2:])]
    single = _SURNAMES.get(text[:1])
    if single and len(text) > 1:
        return [single, *_read(text[1:])]
    return _read(text)


def _read(text: str) -> list[str]:
    from pypinyin import Style, lazy_pinyin  # a third of a second, for whoever reads a name

    # What isn't Chinese comes back as it is, words apart; the library's own type says one string.
    apart: Any = str.split
    read = lazy_pinyin(text, style=Style.NORMAL, v_to_u=False, errors=apart)
    return [s.lower() for s in read if s.strip()]


def spelled(name: str) -> tuple[str, str]:
    """The whole spelling and the initials: `林悦` gives `linyue` and `ly`."""
    parts = syllables(name)
    return "".join(parts)[:120], "".join(p[0] for p in parts)[:20]
