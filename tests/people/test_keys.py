"""A form's key is its own: nothing typed into it passes for the clock's, an import's or a token's."""

from uuid import UUID

import pytest

from tests.gallery.conftest import Gallery, gallery, hall
from tests.gallery.test_reception import signed_in
from yingbin.journal.models import StoredResponse
from yingbin.journal.write import LONGEST_KEY, TokenKey, derived_key, page_key

__all__ = ["gallery", "hall"]


@pytest.mark.parametrize(
    "typed",
    [
        "webhook-ended:1",
        "sheet:1",
        "k" * LONGEST_KEY,
        "page:x",
        str(TokenKey(UUID(int=1), "m" * 40)),
    ],
)
def test_a_pages_key_stands_in_a_name_space_of_its_own(typed: str) -> None:
    made = page_key(typed)
    assert made.startswith("page:")
    assert made != typed
    assert len(made) <= LONGEST_KEY
    assert page_key(typed) == made


def test_keys_made_of_long_parts_differ() -> None:
    long = page_key("k" * LONGEST_KEY)
    made = {derived_key(long, str(n)) for n in range(100)}
    assert len(made) == 100
    assert all(len(k) <= LONGEST_KEY for k in made)


def test_a_form_with_the_clocks_key_neither_gets_its_answer_nor_takes_it(
    client: object, hall: Gallery
) -> None:
    clocks = "certificate:2026-11-21"
    StoredResponse.objects.create(
        site_id=hall.site,
        key=clocks,
        verb="certify",
        fingerprint=b"x",
        response={},
        seq=1,
        at=hall.now,
    )
    desk = signed_in(client, hall, "苏晴")  # type: ignore[arg-type]
    answer = desk.post("/gallery/arrival/", {"kind": "enquirer", "key": clocks})
    assert answer.status_code == 302, "no KeyReused: it is another key"
    kept = StoredResponse.objects.filter(site_id=hall.site, key=page_key(clocks))
    assert kept.exists()
