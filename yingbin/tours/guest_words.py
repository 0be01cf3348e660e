"""What is said of a list of guests that can't be taken, to visitors in their language."""

_FAULTS = {
    "no_name": ("没有写姓名", "no name"),
    "long_name": ("姓名最多 40 个字", "a name has at most 40 characters"),
    "long_role": ("身份最多 30 个字", "a role has at most 30 characters"),
    "long_care_of": ("监护人最多 40 个字", "a guardian has at most 40 characters"),
    "no_care": ("未成年人要写由谁照看，例如：监护人：李梅", "say who answers for a minor, as: guardian: Li Mei"),
    "phone": ("电话没有读懂", "the telephone number can't be read"),
    "twice": ("这一位前面写过了", "this person stands there already"),
}  # fmt: skip


def fault_said(code: str, lang: str, line: int = 0) -> str:
    """A fault as a sentence; line: which one, where there are several."""
    chinese, english = _FAULTS[code]
    if lang == "en":
        return f"Line {line}: {english}." if line else f"{english[0].upper()}{english[1:]}."
    return f"第 {line} 行：{chinese}。" if line else f"{chinese}。"


EXAMPLE = "Anna Weber, +49 170 1234567, teacher\nTom Weber, pupil, id 1234"
# The form's words in English: what a field is called, what stands below it.
ENGLISH = {
    "lines": (
        "The list, one person a line",
        "Name first, then after commas: telephone, role, last four of an identity paper, minor."
        " You can paste rows of a spreadsheet.",
    ),
    "care_of": (
        "Who answers for those under 18",
        "A teacher or guardian. For one whom somebody else looks after, write “guardian: Li Mei” on that line.",
    ),
}
# What an action refuses, by a part of its sentence.
REFUSALS = {
    "没有改动": "Nothing was changed.",
    "刚才被别人改过": "Somebody changed the list meanwhile. What you wrote is still here; please compare and save again.",
    "请先改人数": "There are more names than visitors asked for. Please change the number of visitors first.",
    "没有写全": "Please write the whole telephone number.",
    "写了两次": "Somebody stands there twice. Please take one line away.",
    "已经结束或取消": "This visit has ended or was withdrawn.",
}  # fmt: skip
