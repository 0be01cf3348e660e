"""《客户来电来访登记表》 as papers that may leave the house, with a reason (SD-4.1)."""

from yingbin.sheets.book import Papers

from .models import RegisterCopy

REGISTER = Papers(
    title="客户来电来访登记表", clause="SD-4.1", copies=RegisterCopy, handed_out="desk.register_out"
)
