"""A copy of the register that left the house."""

from yingbin.people.rows import SiteRow
from yingbin.sheets.models import SheetCopy


class RegisterCopy(SheetCopy, SiteRow):
    """《客户来电来访登记表》 with whole telephone numbers was handed out."""


class CallSheetCopy(SheetCopy, SiteRow):
    """《回访记录表》, with what residents said when they were called back, was handed out."""
