"""What an import holds of a customer who asks to be erased, before anybody knows whose line is whose."""

from uuid import UUID

from django.db.models import Q

from yingbin.customers.models import CustomerPhone
from yingbin.journal.write import Pen

from .models import ImportFile, ImportRow, ImportRun

WHY = "有客户要求删除资料，这份还没读完的文件已一并删除。请在原表里删掉那位客户，再上传。"


def erase(*, pen: Pen, customer_ids: list[UUID]) -> dict[str, int]:
    """Empties the lines about them, and throws away this site's files that aren't read yet (inside a write).

    Nobody knows who stands in a file before it is read; its samples are in it too.
    """
    numbers = CustomerPhone.objects.filter(customer_id__in=customer_ids).exclude(e164="")
    about = Q(subject_id__in=customer_ids) | Q(phone__in=numbers.values("e164"))
    lines = ImportRow.objects.filter(about, of__site_id=pen.site_id)
    emptied = lines.update(phone="", cells=None, told=None, faults=[], warnings=[])
    files = ImportFile.objects.filter(belongs_to__site_id=pen.site_id)
    runs = ImportRun.objects.filter(id__in=list(files.values_list("belongs_to_id", flat=True)))
    files.delete()
    dropped = runs.filter(read_at=None).update(failed_why=WHY)
    return {"import_lines": emptied, "unread_files": dropped}
