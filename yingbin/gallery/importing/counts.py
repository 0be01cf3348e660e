"""How many people came, and whether for the first time, in any usual notation."""

import re
from dataclasses import dataclass

from yingbin.people.traditional import simple
from yingbin.tables import Cell
from yingbin.tables.grid import folded

from .who import is_nobody

MOST = 200
_FIGURES = {c: n for n, c in enumerate("零一二三四五六七八九十")} | {
    "两": 2,
    "俩": 2,
    "仨": 3,
    "〇": 0,
    "壹": 1,
    "贰": 2,
    "叁": 3,
}
_VAGUE = re.compile(
    r"十几|几十|几个|几人|若干|多人|数人|一群|很多|好多|^几$|[二三四五六七八九]十多|十多|[\d十]余|\d+多|\d+\+$|以上|至少|不少于|起|^[一全]家$|^-|百"
)
# Somebody beside those who are counted, with no word on how many.
_AND_MORE = re.compile(
    r"(?:带|携|和|及|与|[+、])\s*\D{0,2}(?:孩|娃|老人|父母|朋友|家人|儿|女|爸|妈)\D*$"
)
_FAMILY = re.compile(r"(?:一家|全家)?\s*([一二两三四五六七八九十\d]+)\s*口")
_RANGE = re.compile(r"(\d+)\s*(?:[-~～至到—–、,]|或)\s*(\d+)")
_NO_PEOPLE = re.compile(r"\d\s*[组批户家套次代期楼栋房号岁]")
_ALONE = {"本人", "单人", "独自", "自己", "一个人"}


@dataclass(frozen=True)
class People:
    """How many, and what to tell."""

    many: int | None = None
    told: str = ""


def people_of(cell: Cell) -> People:
    """The headcount in a cell."""
    if cell.formula:
        return People(told="人数是公式，文件里没有存下结果，按没写收。")
    if cell.error:
        return People(told=f"人数栏是错误值 {cell.text}，没有收。")
    text = simple(folded(cell.text))
    if not text or is_nobody(text):
        return People()
    many, told = _many(text)
    if many is None or not 1 <= many <= MOST:
        return People(told=f"人数「{text}」看不懂，没有收。")
    return People(many, told)


def _many(text: str) -> tuple[int | None, str]:
    bare = re.sub(r"[(\[].*?[)\]]", "", text).strip() or text
    if bare in _ALONE:
        return 1, ""
    figures = _in_figures(bare)
    no_people = _NO_PEOPLE.search(figures) and not re.search(r"\d\s*[人口]", figures)
    if _VAGUE.search(bare) or _AND_MORE.search(bare) or no_people:
        return None, ""
    upper = _upper(bare, figures)
    many = upper or _related(bare, figures) or _sum(figures)
    guessed = many is not None and (upper or _ABOUT.search(bare))
    return many, f"人数「{text}」按 {many} 人收。" if guessed else ""


_ABOUT = re.compile(r"约|大概|左右|以内|上下|差不多|不超过|最多|至多")
_PAIR = re.compile(r"夫妻|夫妇|两口子|小两口|情侣|母女|母子|父女|父子|姐妹|兄弟|姐弟|兄妹")


def _upper(bare: str, figures: str) -> int | None:
    """The upper end of `2-3人` and `两三人`."""
    found = _RANGE.search(figures)
    return max(int(found[1]), int(found[2])) if found else _one_or_the_next(bare)


def _related(bare: str, figures: str) -> int | None:
    """`一家三口`, `夫妻`, `夫妻+1孩`; nothing where a figure says how many these are."""
    if found := _FAMILY.search(bare):
        return _with_more(_figure(found[1]), bare[found.end() :])
    pair = _PAIR.search(figures)
    if pair is None:
        return None
    rest = figures[pair.end() :]
    more = re.match(r"\s*俩?\s*[+带和及与、]", rest)
    return _with_more(2, rest) if more or not re.search(r"\d", figures) else None


def _with_more(many: int | None, rest: str) -> int | None:
    """`一家三口+老人2`: those of the family, and the one figure behind."""
    more = re.findall(r"\d+", _in_figures(rest))
    return many if not more or many is None else many + int(more[0]) if len(more) == 1 else None


_KINDS = r"(?:成人|大人|小孩|孩子|儿童|老人|婴儿|大|小|老|孩|男|女)"


def _sum(figures: str) -> int | None:
    """`2大1小`, `2+1` are added; otherwise the one figure beside 人 or alone."""
    if re.fullmatch(r"\d+(?:\.0+)?", figures):
        return int(float(figures))
    parts = _parts(figures)
    if parts:
        return sum(parts)
    alone = re.findall(r"(\d+)\s*(?:个|位|名)?\s*人", figures) or re.findall(
        r"(\d+)\s*[位个名]", figures
    )
    every = re.findall(r"\d+(?:\.\d+)?", figures)
    one = alone if len(alone) == 1 else every
    return int(one[0]) if len(one) == 1 and "." not in one[0] else None


def _one_or_the_next(text: str) -> int | None:
    """`两三人`: the greater of two figures that follow each other."""
    found = re.search(
        r"([一二两三四五六七八])([二三四五六七八九])(?=\s*[个位名]?人|[个位名]?$)", text
    )
    lower, upper = (_FIGURES[found[1]], _FIGURES[found[2]]) if found else (0, 0)
    return upper if upper == lower + 1 > 1 else None


def _parts(figures: str) -> list[int]:
    """The figures of grown-ups and children, or of a sum; none where no such parts are named."""
    shapes = (rf"(\d+)\s*(?:个|位|名)?\s*{_KINDS}", rf"{_KINDS}\s*(\d+)")
    for shape in shapes if figures[0].isdecimal() else reversed(shapes):
        found = re.findall(shape, figures)
        if len(found) > 1 or (found and "人" not in figures):
            return [int(n) for n in found]
    if re.fullmatch(r"\d+\s*人?(?:\s*\+\s*\d+\D*)+", figures):
        return [int(n) for n in re.findall(r"\d+", figures)]
    return []


def _in_figures(text: str) -> str:
    return re.sub(
        r"[零〇一二两俩仨三四五六七八九十壹贰叁]+", lambda m: str(_figure(m[0]) or m[0]), text
    )


def _figure(word: str) -> int | None:
    """`十二`, `两`, `3` as a number."""
    if word.isdecimal():
        return int(word)
    if "十" in word:
        tens, _, ones = word.partition("十")
        if len(tens) > 1 or len(ones) > 1:
            return None
        return (_FIGURES[tens] if tens else 1) * 10 + (_FIGURES[ones] if ones else 0)
    return _FIGURES.get(word) if len(word) == 1 else None


@dataclass(frozen=True)
class First:
    """Whether it was the first visit, and what to tell."""

    first: bool | None = None
    told: str = ""


_TICKS = {"√", "✓", "✔", "v", "☑", "■", "●", "○", "y", "yes", "true", "是", "对", "×", "x", "否", "no", "n", "false", "不是"}  # fmt: skip
_NO = {"×", "x", "否", "no", "n", "false", "不是"}
_BROUGHT = re.compile(r"老.{0,3}(?:带|介|荐).{0,2}新|老带|转介绍")
_FIRST = re.compile(r"首|初|第一次|第1次|新|头一?次|没来过")
_AGAIN = re.compile(
    r"(?:非|不是)(?:首|初|第一次|新)|复|再|旧|回头|(?<!没)来过|回访|多次|老|[二三四五六七八九十两]\s*[访次]|第[二三四五六七八九十\d]+次|[2-9]\s*[访次]|\d{2,}\s*[访次]"
)


# Both words of a printed form, with nothing that says which.
_CHOICE = re.compile(r"(?:首|初|新)[次访客户]*[/、或|\s]*(?:复|再|老)[次访客户]*")
_BOXES, _TICKED = "□☐◻▢○", "☑☒■√✓✔●▣"
_BOXED = re.compile(rf"[{_BOXES}{_TICKED}]")


def _of_boxes(text: str) -> str | None:
    """The one word of `□首访 ☑复访` that is ticked; none where no box or several are, None for a text without boxes."""
    words = [w for w in re.split(r"[^\w]+", text) if w]
    if len(words) < 2 or not _BOXED.search(text):
        return None
    before = bool(_BOXED.match(text))
    ticked = rf"[{_TICKED}]\s*(\w+)" if before else rf"(\w+)\s*[{_TICKED}]"
    found = re.findall(ticked, text)
    return found[0] if len(found) == 1 else ""


def first_of(cell: Cell, heading: str) -> First:
    """What a cell says of first or repeated visits; a tick means what its heading asks, and is told."""
    if cell.formula:
        return First(told="首访或复访是公式，文件里没有存下结果，按没写收。")
    if cell.error:
        return First(told=f"「{heading}」栏是错误值 {cell.text}，没有收。")
    text = simple(folded(cell.text))
    if text.casefold() in _TICKS:
        return _tick(text, heading)
    if not text or is_nobody(text):
        return First()
    boxed = _of_boxes(text)
    if boxed is not None:
        return _ticked(boxed, text, heading)
    bare = re.sub(r"[(\[].*?[)\]]", "", text).strip() or text
    found = _said(bare)
    if found is None and not _CHOICE.fullmatch(bare):
        found = _said(text)
    return First(found, "" if found is not None else f"「{heading}」写的「{text}」看不懂，没有收。")


def _ticked(word: str, text: str, heading: str) -> First:
    first = _said(word) if word else None
    if first is None:
        return First(told=f"「{heading}」写的「{text}」看不出勾了哪一个，没有收。")
    return First(first, f"「{heading}」写的「{text}」按{'首访' if first else '复访'}收。")


def _said(text: str) -> bool | None:
    number = re.fullmatch(r"(?:第)?\s*(\d+|[一二两三四五六七八九十]+)(?:\.0)?\s*(?:次|访)?", text)
    if number and (many := _figure(number[1])) is not None:
        return many == 1 if many >= 1 else None
    if _CHOICE.fullmatch(text):
        return None
    if brought := _BROUGHT.search(text):
        rest = text.replace(brought[0], " ")
        return not _AGAIN.search(rest) or bool(_FIRST.search(rest))
    first, again = _FIRST.search(text), _AGAIN.search(text)
    if first and again:
        return first.start() < again.start()
    return True if first else False if again else None


def _tick(text: str, heading: str) -> First:
    """是 and ticks under 是否首次 say yes; where the heading asks both, nobody knows."""
    asked = simple(folded(heading))
    both = bool(re.search(r"首|新", asked)) == bool(re.search(r"复|再|老|类型", asked))
    if both:
        return First(told=f"「{heading}」栏里是「{text}」，看不出是首访还是复访，没有收。")
    yes = text.casefold() not in _NO
    first = yes if re.search(r"首|新", asked) else not yes
    plain = text in ("是", "否", "不是") and "是否" in asked
    words = "首访" if first else "复访"
    return First(first, "" if plain else f"「{heading}」栏里是「{text}」，按{words}收。")
