"""What the journal witnesses of the register: copies that left the house, of the calls back too."""

from yingbin.journal.held import numbered
from yingbin.sheets.witnesses import handed_out

from ..models import CallSheetCopy, RegisterCopy
from ..register_papers import CALLS, REGISTER

REGISTERS = (
    numbered(
        "带出登记表",
        rows=lambda site: RegisterCopy.objects.filter(site_id=site).order_by("seq"),
        kinds=(REGISTER.handed_out,),
        faults=handed_out,
        place=lambda row: f"{row.since}",
        page="「登记表」页",
    ),
    numbered(
        "带出回访记录",
        rows=lambda site: CallSheetCopy.objects.filter(site_id=site).order_by("seq"),
        kinds=(CALLS.handed_out,),
        faults=handed_out,
        place=lambda row: f"{row.since}",
        page="「回访」页",
    ),
)
