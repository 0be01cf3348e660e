"""导入: an old register is read, reported on, taken in as signed rows, and taken back as a whole (TQ-3)."""

from .applying import apply_some
from .asking import apply_import, drop_import, undo_import, upload
from .reading import forget_old_files, read_some
from .undoing import withdraw_some

__all__ = [
    "apply_import",
    "apply_some",
    "drop_import",
    "forget_old_files",
    "read_some",
    "undo_import",
    "upload",
    "withdraw_some",
]
