"""Names in a cell: as many as stand there, without titles; relations and brackets go to the note."""

import re
from dataclasses import dataclass, field

from yingbin.people.traditional import simple
from yingbin.tables import Cell
from yingbin.tables.grid import folded

from .surnames import looks_like_name, surname_of

TITLES = ("先生", "女士", "太太", "小姐", "总", "经理", "老师", "總", "經理", "老師")
_WIFE = {
    "太太",
    "夫人",
    "爱人",
    "愛人",
    "先生",
    "女友",
    "男友",
    "老婆",
    "老公",
    "其妻",
    "其夫",
    "妻子",
    "丈夫",
}
NOBODY = {"无", "没有", "没留", "未留", "不详", "不留", "未填", "空", "未知", "匿名", "无名", "无名氏", "佚名", "路人", "未留名", "未留姓名", "没留名", "保密", "不愿透露", "n/a", "na", "none", "null", "nan", "暂无", "未提供", "未登记", "未知姓名", "無", "沒有", "不詳", "無名氏"}  # fmt: skip
_RELATIONS = re.compile(
    r"^(?:夫|妻|夫妇|夫妻|夫人|一家|一家人|全家|父|母|父亲|母亲|父子|父女|母女|母子|儿子|女儿|爱人|老婆|老公|媳妇|朋友|同事|亲戚|转介绍|老带新|介绍|本人|业主|"
    r"夫婦|轉介紹|老帶新|介紹|帶朋友|帶家人|.{1,5}的(?:太太|先生|爱人|老公|老婆|儿子|女儿|父母|母亲|父亲|家人)|朋友們|朋友们|带朋友|带家人|家人|兄弟|姐妹|.{1,4}(?:朋友|介绍|介紹|亲戚|親戚|同事|推荐|推薦))$"
)
_COUPLE = re.compile(r"(?:夫妇|夫婦|夫妻|一家|全家|一家人)(?:俩|二人|两人|[一二三四五六]口)?$")
# 张女士带朋友, 张三及家人, 张三等3人: who came along, without a name.
_ALONG = re.compile(
    r"(?:(?:带着?|携|和|与|及|跟)(?:朋友|家人|家属|孩子|小孩|父母|同事|亲戚|老人)们?"
    r"|等\s*[\d一二两三四五六七八九十]*\s*人|\d+人|等)$"
)
# 夫：张三 妻：李四.
_LABEL = re.compile(
    r"(夫|妻|父|母|子|女|男|丈夫|妻子|父亲|母亲|儿子|女儿|本人|配偶|客户|姓名)\s*:\s*"
)
_INNER_TITLE = re.compile(r"(先生|女士|太太|小姐)(?=([^\s(、,/;|&+。:和与及跟][^\s(、,/;|&+。:]*))")
_BRACKET = re.compile(r"[(\[【]([^()\[\]【】]*)[)\]】]")
_MARKUP = re.compile(r"[<>{}]")  # whatever this is, it isn't several names
_OPEN = re.compile(r"[(\[【](.*)$")


@dataclass
class Names:
    """The names of a cell with their titles beside them; words for the note; what to tell."""

    names: list[str] = field(default_factory=list)
    titles: list[str | None] = field(default_factory=list)
    notes: list[str] = field(default_factory=list)
    told: list[str] = field(default_factory=list)
    numbers: str = ""


def is_nobody(text: str) -> bool:
    """Whether a text only says that there is nothing: 无, -, NULL."""
    word = folded(text).casefold().strip("()[]")
    return word in NOBODY or (bool(word) and not re.search(r"\w", word))


def names_of(cell: Cell) -> Names:
    """Every name in the cell."""
    made = Names()
    if cell.formula:
        made.told.append("姓名是公式，文件里没有存下结果，按没写收。")
    elif cell.error:
        made.told.append(f"姓名栏是错误值 {cell.text}，按没有姓名收。")
    elif cell.text and is_nobody(cell.text):
        made.told.append(f"姓名栏写的是「{cell.text}」，按没有姓名收。")
    elif cell.text:
        _read(folded(cell.text), made)
    return made


_NUMBER = re.compile(
    r"(?<![\d+])(?:\+\d[\d\- ]{7,}\d|(?:0086|86)?[- ]?1[3-9]\d[- ]?\d{4}[- ]?\d{4}|0\d{2,3}[- ]?\d{7,8})(?!\d)"
)


def _read(text: str, made: Names) -> None:
    made.numbers = " / ".join(_NUMBER.findall(text))
    text = _without_brackets(_NUMBER.sub(" ", text), made)
    text = re.sub(rf"(?<=[\u4e00-\u9fff])\s+(?=(?:{'|'.join(TITLES)})(?:\s|$))", "", text)
    if re.fullmatch(r"\+?[\d\s\-./、,;]{7,}", text):
        made.numbers = text
        return
    for piece in _pieces(_labelled(text, made), made):
        _take(piece, made)
    if not made.names and not made.numbers and text:
        made.told.append(f"姓名栏里的「{text}」不是姓名，写进备注。")


def _labelled(text: str, made: Names) -> str:
    """Names behind words that say who they are are parted; the words are noted."""
    made.notes += [word for word in _LABEL.findall(text) if word not in ("客户", "姓名")]
    return _INNER_TITLE.sub(
        lambda m: m[1] + ("、" if _begins_with_a_name(m[2]) else ""), _LABEL.sub("、", text)
    )


def _begins_with_a_name(text: str) -> bool:
    return _whole(text) or _whole(re.split("[和与及跟]", text)[0])


def _take(piece: str, made: Names) -> None:
    couple, along = _COUPLE.search(piece), _ALONG.search(piece)
    if couple and couple.start():
        made.notes.append(couple[0])
        for one in _two_run_together(piece[: couple.start()], made):
            _keep(one, made)
    elif along and _whole(piece[: along.start()]):
        made.notes.append(along[0])
        _keep(piece[: along.start()], made)
    elif couple or _RELATIONS.match(piece) or simple(piece) in TITLES:
        made.notes.append(piece)
    else:
        _keep(piece, made)


def _without_brackets(text: str, made: Names) -> str:
    """What stands in brackets goes to the note, also where a bracket was never closed."""
    if _MARKUP.search(text):
        return text
    while found := _BRACKET.search(text):
        made.notes += [found[1].strip()] if found[1].strip() else []
        text = f"{text[: found.start()]}、{text[found.end() :]}"
    if found := _OPEN.search(text):
        made.notes += [found[1].strip()] if found[1].strip() else []
        text = text[: found.start()]
    return text.strip(" 、,/;)]】")


def _pieces(text: str, made: Names) -> list[str]:
    if _MARKUP.search(text):
        return [text]
    found: list[str] = []
    for part in re.split(r"[、,/;|&+\n。]|\\", text):
        found += _by_and(part.strip(" .:·-"), made)
    return [p for p in found if p]


def _by_and(part: str, made: Names) -> list[str]:
    """和, 与 and a blank part two whole names only: 和慧敏 and 张和平 are one."""
    for found in re.finditer(r"[和与及跟]|\s+", part):
        left, right = part[: found.start()].strip(), part[found.end() :].strip()
        if _whole(left) and _whole(right.split(" ")[0]):
            return [left, *_by_and(right, made)]
        if _whole(left) and found[0].strip() and (right in _WIFE or _RELATIONS.match(right)):
            made.notes.append(f"{found[0]}{right}")
            return [left]
    double = surname_of(part) and len(surname_of(part)) == 2 and part[2:3] == " "
    if double or re.fullmatch(r"[\u4e00-\u9fff]\s+[\u4e00-\u9fff]{1,2}", part):
        return [part.replace(" ", "")]
    blank = re.split(r"\s+", part)
    if len(blank) > 1 and all(_whole(b) or _RELATIONS.match(b) or _COUPLE.match(b) for b in blank):
        return blank
    return [part]


def _whole(text: str) -> bool:
    """Whether this is a whole name: two characters at least with a surname, or a surname with a title."""
    bare, title = _parted(text)
    return looks_like_name(text) or bool(title and surname_of(bare))


def _two_run_together(text: str, made: Names) -> list[str]:
    """王强李梅 of a couple are two, where both halves can be whole names."""
    if len(text) in (4, 5, 6) and not _parted(text)[1]:
        ways = [
            n
            for n in range(2, len(text) - 1)
            if looks_like_name(text[:n]) and looks_like_name(text[n:]) and n <= 3
        ]
        if ways and len(text) >= 4 and not text.startswith(surname_of(text)[:2] * 2):
            cut = ways[0]
            made.told.append(f"「{text}」按 {text[:cut]}、{text[cut:]} 两个人收。")
            return [text[:cut], text[cut:]]
    return [text]


def _parted(text: str) -> tuple[str, str | None]:
    """A name and the title behind it."""
    for title in TITLES:
        if text.endswith(title) and len(text) > len(title):
            bare = text[: -len(title)].strip()
            if simple(title) not in ("总", "经理") or len(bare) <= 3:
                return bare, title
    return text, None


def _keep(piece: str, made: Names) -> None:
    if is_nobody(piece):
        return
    name, title = _parted(piece)
    title = simple(title) if title else None
    if is_nobody(name):
        made.notes.append(piece)  # *女士
    elif (name, title) not in zip(made.names, made.titles, strict=True):
        made.names.append(name)
        made.titles.append(title)
