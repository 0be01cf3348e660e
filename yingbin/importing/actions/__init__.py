"""What is done with a file: kept, mapped, read, taken in, thrown away, taken back."""

from .asking import apply_import, assign, drop_import, settle_columns, undo_import, upload
from .chunks import apply_some, withdraw_some
from .proposed import looked_over, take_as_proposed
from .reading import forget_old_files, read_some

__all__ = [
    "apply_import",
    "apply_some",
    "assign",
    "drop_import",
    "forget_old_files",
    "looked_over",
    "read_some",
    "settle_columns",
    "take_as_proposed",
    "undo_import",
    "upload",
    "withdraw_some",
]
