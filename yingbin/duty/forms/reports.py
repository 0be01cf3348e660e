"""《物品损坏报告单》: to whom; nothing here saves."""

from yingbin.pages.forms import KeyedForm, text


class SendReportForm(KeyedForm):
    """An address, or who took it."""

    to_whom = text("发给谁", 100, help_text="邮箱；自己送去的，写交给了谁。")
