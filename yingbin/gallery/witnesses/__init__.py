"""What the journal witnesses of a gallery, in one place: `YINGBIN_WITNESSES` names `of_gallery`."""

from collections.abc import Iterator
from uuid import UUID

from yingbin.journal.held import Also, Found, Witnesses

from ..queries.proof import register_faults
from ..queries.register import how_many
from .book import book
from .cases import cases
from .days import days
from .fold import Fold
from .turns import turns

UNHELD = {
    "register.owed": "欠着的登记是一件事项，由 matter.opened 核对；登记册自己的缺行由登记册核对发现",
    "register.import_withdrawn": "撤回的客户卡片由客户的核对对照；这一条只记张数",
}
OF_REGISTER = frozenset(
    {"register.signed", "register.imported", "register.import_begun", "register.import_undone"}
)


def of_gallery(site_id: UUID) -> Witnesses:
    """The gallery's rows, the fold of its queue, its register."""
    fold = Fold(site_id)
    return Witnesses(
        held=(*days(fold), *turns(fold), *book(), *cases()),
        also=(
            Also("轮排重放", fold.results, lambda: fold.days),
            Also("登记册", lambda: _register(site_id), lambda: how_many(site_id), OF_REGISTER),
        ),
        unheld=UNHELD,
        walk=fold.walk,
    )


def _register(site_id: UUID) -> Iterator[Found]:
    for fault in register_faults(site_id):
        where, _, words = fault.partition("：")
        yield Found(f"登记册 {where}", words or where, None, "「登记册」页")
