"""Telephone numbers."""

import re
from collections.abc import Callable
from dataclasses import dataclass, field

import phonenumbers

from .cells import ERR, PLACE, Cell, nf

SEP = r"[-. ‐–—_]{0,3}"
_PLUS = r"(?:\+|00)"
_SPLITS = rf"\d{{4}}{SEP}\d{{4}}|\d{{3}}{SEP}\d{{3}}{SEP}\d{{2}}|\d{SEP}\d{{3}}{SEP}\d{{4}}"
MOBILE = rf"(?<![\dIl*])(?:{_PLUS}?\(?86\)?{SEP})?1[3-9]\d{SEP}(?:{_SPLITS})(?![\d*])"
LAND = rf"(?<![\d*])(?!01[3-9]\d{{9}})(?:{_PLUS}86{SEP})?\(?0\d{{2,3}}\)?{SEP}\(?[2-9]\d{{2,3}}{SEP}\d{{4}}\)?(?![\d*])"
LANDI = rf"(?<![\d*]){_PLUS}86{SEP}[1-9]\d{{1,2}}{SEP}[2-9]\d{{2,3}}{SEP}\d{{4}}(?![\d*])"
SERVICE = rf"(?<![\d*])[48]00{SEP}\d{{1,4}}{SEP}\d{{3,4}}{SEP}\d{{0,4}}(?![\d*])"
FOREIGN = rf"(?<![\d*]){_PLUS}(?!86)[1-9]\d{{0,2}}[\d\-. ()]{{6,16}}\d(?![\d*])"
LEFT = r"(?<![A-Za-z])(?:\+|00)?[\dIl][\dOoIl\-. *xX?]*[\dOoIl*]"
GONE = "\0"


def valid(number: str) -> str | None:
    """The number in E.164 form, where it is one."""
    try:
        parsed = phonenumbers.parse(number, "CN")
    except phonenumbers.NumberParseException:
        return None
    if not phonenumbers.is_valid_number(parsed):
        return None
    return phonenumbers.format_number(parsed, phonenumbers.PhoneNumberFormat.E164)


def digits_of(text: str) -> str:
    return re.sub(r"\D", "", text)


@dataclass
class Found:
    """Numbers with where they stand; what goes to the note; what is told."""

    numbers: list[tuple[int, str]] = field(default_factory=list)
    notes: list[str] = field(default_factory=list)
    told: list[str] = field(default_factory=list)

    def in_order(self) -> list[str]:
        return list(dict.fromkeys(number for _, number in sorted(self.numbers)))

    def takes(self, at: re.Match[str], *numbers: str) -> str:
        """Takes the numbers and leaves a hole as long as what stood there."""
        self.numbers += [(at.start() + n, number) for n, number in enumerate(numbers)]
        return GONE * len(at[0])

    def keeps(self, at: re.Match[str], why: str) -> str:
        """No number: told, and kept in the note."""
        self.told.append(f"电话“{at[0].strip()}”{why}。")
        self.notes.append(at[0].strip())
        return GONE * len(at[0])


def read_phones(cell: Cell) -> Found:
    """Every number of the cell."""
    text = nf(cell.text)
    if cell.kind == "f":
        return Found(told=["电话是没有存下结果的公式，当作空。"])
    if cell.kind == "e" or cell.text in ERR:
        return Found(told=["电话是错误值，没有存。"])
    if not text or text in PLACE:
        return Found()
    if isinstance(cell.value, int | float) and float(cell.value).is_integer():
        text = str(int(cell.value))
    return numbers_in(text)


def numbers_in(text: str) -> Found:
    found = Found()
    if re.fullmatch(r"\d{1,3}(?:,\d{3}){2,}", text):
        text = text.replace(",", "")
    text = re.sub(r"(\d(?:\.\d+)?)[eE]\+?(\d{1,2})", lambda m: _exponent(m, found), text)
    text = re.sub(r"(?<=\d{7})\.0+(?!\d)", "", text)
    if re.search(r"(?<![\d+*(])86[- ]?1[3-9]\d{9}(?!\d)", text):
        found.told.append("电话前面的 86 当作国家代码。")
    shapes: tuple[tuple[str, Callable[[str], str]], ...] = (
        (MOBILE, lambda raw: "+86" + digits_of(raw)[-11:]),
        (LAND, _inland),
        (LANDI, _inland),
        (FOREIGN, lambda raw: "+" + digits_of(raw).removeprefix("00")),
        (SERVICE, lambda raw: "+86" + digits_of(raw)),
    )
    for shape, spelled in shapes:
        text = re.sub(shape, _taker(found, spelled), text)
    for extension in re.findall(rf"{GONE}\s*((?:转|ext\.?|分机|-)\s*\d{{1,6}}(?!\d))", text):
        found.notes.append(re.sub(r"^-\s*", "转", extension))
        text = text.replace(extension, " ", 1)
    text = re.sub(LEFT, lambda m: _odd(m, found), text)
    _words(text, found)
    return found


def _taker(found: Found, spelled: Callable[[str], str]) -> Callable[[re.Match[str]], str]:
    def take(at: re.Match[str]) -> str:
        number = valid(spelled(at[0]))
        return found.takes(at, number) if number else at[0]

    return take


def _inland(raw: str) -> str:
    return "+86" + re.sub(r"^(0086|86)", "", digits_of(raw)).lstrip("0")


def _exponent(at: re.Match[str], found: Found) -> str:
    mantissa, power = at[1], int(at[2])
    if len(mantissa.partition(".")[2]) >= power:
        return str(round(float(mantissa) * 10**power))
    return found.keeps(at, "的末几位已经丢了，没有存")


def _odd(at: re.Match[str], found: Found) -> str:
    """What is left with figures in it: mended where one reading is a number, else told and kept."""
    raw, digits = at[0].strip(), digits_of(at[0])
    mended = _letters(raw) or _mended(raw, digits)
    if mended:
        found.told.append(f"电话“{raw}”读作 {mended}。")
        return found.takes(at, mended)
    if re.fullmatch(r"1[3-9]\d{9}\*", raw) and (number := valid(digits)):
        found.notes.append("*")
        return found.takes(at, number)
    if re.search(r"[*?xX]", raw):
        return found.keeps(at, "不全，没有存") if len(digits) >= 6 else at[0]
    if len(digits) < 5:
        return at[0]
    if re.fullmatch(r"86[- ]?\d{2,3}[- ]?\d{7,8}", raw) and (number := valid("+" + digits)):
        return found.takes(at, number)
    two = [valid(digits[:11]), valid(digits[11:])] if len(digits) == 22 else []
    if two and two[0] and two[1]:
        found.told.append(f"“{raw}”读作两个电话。")
        return found.takes(at, two[0], two[1])
    bare = re.fullmatch(r"[2-8]\d{6,7}", digits)
    return found.keeps(at, "没有区号，留在备注里" if bare else "位数不对，没有存")


def _letters(raw: str) -> str | None:
    """`138O2340001`: letters in the place of figures."""
    if not re.search(r"[OoIl]", raw):
        return None
    digits = digits_of(raw.translate(str.maketrans("OoIl", "0011")))
    return valid(digits) if re.fullmatch(r"1\d{10}", digits) else None


def _mended(raw: str, digits: str) -> str | None:
    """The one number that is left without one of twelve figures, or without a plus."""
    if re.search(r"[*?xX]", raw):
        return None
    ways = {digits} if raw.startswith("+") and len(digits) == 11 else set()
    if len(digits) == 12:
        ways |= {digits[:n] + digits[n + 1 :] for n in range(12)}
    numbers = {valid("+86" + way) for way in ways if re.fullmatch(r"1[3-9]\d{9}", way)} - {None}
    return numbers.pop() if len(numbers) == 1 else None


def _words(text: str, found: Found) -> None:
    """What stands beside the numbers."""
    for part in re.split(rf"{GONE}+|[/、,;\n|\\\\]+", text):
        word = part.strip(" -.:()[]<>\t")
        if word and word not in ("或", "和", "及", "&", "+"):
            found.notes.append(word)
    if found.notes and not found.told:
        found.told.append("电话旁边的话写进备注。")
