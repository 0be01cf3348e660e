"""The report of an import and what then happens are one: line by line, however the file is cut up (TQ-3)."""

import random

import pytest

from tests.gallery.conftest import Gallery
from tests.gallery.test_importing import Office, row, workbook
from yingbin.gallery.importer import RegisterImporter
from yingbin.importing import actions
from yingbin.importing.actions import reading
from yingbin.importing.models import ImportRow

NAMES = ["张伟", "张", "李女士", "王芳、张伟", "", "赵六"]
PHONES = ["13812341234", "13912345678", "0571-88123456", ""]


def family(seed: int, many: int = 45) -> list[list[str]]:
    """Lines of a few people who share names and numbers."""
    draw = random.Random(seed)
    return [
        row(
            f"2025-03-{draw.randint(1, 28):02d}",
            draw.choice(NAMES),
            " / ".join(p for p in draw.sample(PHONES, draw.choice([1, 1, 2])) if p),
        )
        for _ in range(many)
    ]


@pytest.mark.clause("TQ-3")
@pytest.mark.parametrize("seed", range(12))
def test_what_was_foreseen_is_what_happens(
    hall: Gallery, monkeypatch: pytest.MonkeyPatch, seed: int
) -> None:
    monkeypatch.setattr(reading, "CHUNK", 7)
    monkeypatch.setattr(RegisterImporter, "chunk", 4)
    office = Office(hall)
    hall.finish(hall.arrive(name="张伟", phone="13812341234"))
    one = office.upload(family(seed))
    foreseen = office.verdicts(one)
    assert {"new", "known"} <= set(foreseen)
    office.apply(one)
    assert office.verdicts(one) == foreseen


@pytest.mark.clause("TQ-3")
def test_a_reader_whose_chunk_was_not_kept_loses_no_line(
    hall: Gallery, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(reading, "CHUNK", 7)
    office = Office(hall)
    one = office.sent(workbook(family(3)))
    office.settle(one)
    actions.read_some(run_id=one.id, at=hall.now, seconds=0)

    def gone(rows: object) -> None:
        raise ConnectionError("the database went away")

    with monkeypatch.context() as broken:
        broken.setattr(reading, "copy_in", gone)
        with pytest.raises(ConnectionError):
            actions.read_some(run_id=one.id, at=hall.now, seconds=0)
    office.work()
    lines = ImportRow.objects.filter(of=one).order_by("n").values_list("line", flat=True)
    assert list(lines) == list(range(2, 47))
