"""Chinese numerals."""

import re

CN = {c: i for i, c in enumerate("零一二三四五六七八九")}
CN.update({"〇": 0, "○": 0, "两": 2, "俩": 2, "仨": 3, "O": 0, "壹": 1, "贰": 2, "叁": 3})


def cnum(s: str) -> int | None:
    s = s.strip()
    if re.fullmatch(r"\d+", s):
        return int(s)
    if not s or any(ch not in CN and ch not in "十百" for ch in s):
        return None
    if "十" in s:
        a, _, b = s.partition("十")
        x = CN.get(a, 1 if a == "" else None)
        y = CN.get(b, 0 if b == "" else None)
        if x is None or y is None:
            return None
        return x * 10 + y
    if "百" in s:
        return None
    n = 0
    for ch in s:
        n = n * 10 + CN[ch]
    return n


NUM = r"(?:\d+|[零〇○O一二三四五六七八九十两]+)"
