"""《客户来电来访登记表》 and 《回访记录表》 as papers that may leave the house, with a reason (SD-4.1, SD-4.3)."""

from yingbin.sheets.book import Papers

from .models import CallSheetCopy, RegisterCopy

REGISTER = Papers(
    title="客户来电来访登记表", clause="SD-4.1", copies=RegisterCopy, handed_out="desk.register_out"
)
CALLS = Papers(
    title="回访记录表", clause="SD-4.3", copies=CallSheetCopy, handed_out="desk.calls_out"
)
