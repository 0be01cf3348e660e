"""Phone numbers as people type them: the number, or what exactly is wrong with it."""

import re
import unicodedata

from yingbin.pages.phones import normalised
from yingbin.rules.decision import Refused

_NOISE = re.compile(r"[\s\-()().·—–_]+")
_COUNT = "零一两三四五六七八九十"


def whole_number(text: str) -> str | None:
    """The number in E.164 form, else None; a mainland one without its area code isn't whole."""
    number = normalised(text)
    short = number and number.startswith("+86") and len(number) < len("+86") + 10
    return None if short else number


def e164_of(text: str) -> str:
    """The number in E.164 form, or `Refused` with what is wrong, as `fault` says it."""
    number = whole_number(text)
    if number is None:
        raise Refused(None, fault(text), about="phone")
    return number


def fault(text: str) -> str:
    """What is wrong with this number and what to do, in one sentence; "" where nothing is."""
    if whole_number(text) is not None:
        return ""
    digits = _NOISE.sub("", unicodedata.normalize("NFKC", text))
    if not digits:
        return "请填写电话号码。"
    if not re.fullmatch(r"\+?\d+", digits):
        return "电话里只能有数字，请去掉文字和字母；国外号码前面加 + 和国家代码。"
    if digits.startswith(("+86", "0086")):
        digits = digits[3:] if digits[0] == "+" else digits[4:]
    if digits.startswith(("+", "00")):
        return "这个国外号码不完整或国家代码不对，请核对，例如 +852 9123 4567。"
    return _mobile(digits) if digits.startswith("1") else _landline(digits)


def _mobile(digits: str) -> str:
    missing = 11 - len(digits)
    if missing:
        way = "少" if missing > 0 else "多"
        much = abs(missing)
        count = "一" if much == 1 else _COUNT[much] if much <= 10 else str(much)
        return f"手机号是 11 位，您输了 {len(digits)} 位，{way}{count}位，请核对。"
    return f"没有 {digits[:3]} 开头的手机号段，请核对前三位。"


def _landline(digits: str) -> str:
    if not digits.startswith("0") and len(digits) in (7, 8):
        return "固定电话请带上区号，例如 0755-8888 6666。"
    if not digits.startswith("0"):
        return "手机号以 1 开头，固定电话以区号 0 开头；国外号码前面加 + 和国家代码。"
    if len(digits) < 10:
        return "固定电话少了几位，区号加号码一共 10 到 12 位，请核对。"
    return "这个固定电话的区号或位数不对，请核对。"
