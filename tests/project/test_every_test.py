"""No test is left out: the folders that workers share hold every test there is, in one order for all."""

from pathlib import Path

from tests.conftest import LONGEST, every_folder

ROOT = Path(__file__).resolve().parents[2]


def test_the_folders_that_workers_read_hold_every_test() -> None:
    there = set((ROOT / "tests").rglob("test_*.py"))
    read = {path for folder in every_folder() for path in (ROOT / folder).rglob("test_*.py")}
    assert read == there
    assert {"tests/rules", "tests/manual"} <= set(every_folder()), (
        "folders that are no packages too"
    )


def test_what_takes_longest_is_there_to_begin_with() -> None:
    for path in LONGEST:
        assert list((ROOT / path).parent.glob(f"{Path(path).name}*")), path
