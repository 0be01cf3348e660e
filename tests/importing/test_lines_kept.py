"""Between reading and applying: what a file seems to hold, what a person chose and what a line says are kept as JSON."""

import json
from datetime import date, time
from typing import Any

import pytest

from tests.importing import odd_registers
from tests.importing.old_registers import HEAD, TODAY
from yingbin.gallery.importing.lines import Options, Told, read_lines
from yingbin.gallery.importing.surveying import survey_of
from yingbin.importing.declared import Read
from yingbin.importing.queries import _CHOICES, _SURVEY, choices_json, survey_json
from yingbin.rules.decision import Refused
from yingbin.tables import Unreadable
from yingbin.tables.survey import Choices, SheetChoice, proposed

pytestmark = pytest.mark.clause("TQ-3")


def read(*lines: str, **options: Any) -> Read[Told]:
    """A text table as the import keeps its lines."""
    text = "\n".join([",".join(HEAD) + ",人数,首次/再访,接待人,户型,备注", *lines])
    return read_lines(text.encode(), "册.csv", Options(**options), TODAY)


def told(*lines: str, **options: Any) -> Told:
    """What the only line says."""
    (line,) = read(*lines, **options).lines
    assert line.told is not None, line.faults
    return line.told


LINE = "2025-03-08,张伟先生、李梅,13812340001/13912340002,2,首访,林悦,三房,要车位"


def test_a_line_survives_being_kept() -> None:
    said = told(LINE)
    again = Told.from_json(json.loads(json.dumps(said.to_json())))
    assert again == said
    assert (again.day, again.names, again.title) == (date(2025, 3, 8), ("张伟", "李梅"), "mr")


def test_an_hour_survives_too() -> None:
    text = "日期,姓名,电话\n2025-03-08 14:30,张伟,13812340001"
    (line,) = read_lines(text.encode(), "册.csv", Options(), TODAY).lines
    assert line.told
    assert line.told.clock == time(14, 30)
    assert Told.from_json(line.told.to_json()) == line.told


def test_an_erasure_finds_a_line_by_its_first_number() -> None:
    assert told(LINE).mark == "+8613812340001"
    assert told("2025-03-08,张伟,,2,,,,").mark == ""


def test_the_other_numbers_of_a_line_are_kept_and_mentioned() -> None:
    words = told(LINE).words
    assert (words["phone"], words["phones"]) == ("+8613812340001", ["+8613912340002"])
    assert words["note"] == "要车位；另有 1 个号码在客户卡片上"


@pytest.mark.parametrize(
    ("written", "name", "title"),
    [("张先生", "张", "mr"), ("李太太", "李", "ms"), ("王小姐", "王", "ms"), ("赵总", "赵总", ""), ("刘老师", "刘老师", ""), ("孙伟", "孙伟", "")],
)  # fmt: skip
def test_the_card_knows_mr_and_ms_and_other_titles_stay_with_the_name(
    written: str, name: str, title: str
) -> None:
    said = told(f"2025-03-08,{written},13812340001,,,,,")
    assert (said.names, said.title, said.words["name"]) == ((name,), title, name)


def test_a_wish_that_fits_a_field_is_one_and_any_other_goes_to_the_note() -> None:
    assert told(LINE).words["needs"]["rooms"]
    assert "户型" in told("2025-03-08,张伟,13812340001,,,,大平层南北通,").words["note"]


def test_a_landline_gets_the_code_that_was_chosen() -> None:
    said = told("2025-03-08,张伟,87654321,,,,,", area="0571")
    assert said.phones == ("+8657187654321",)


def test_the_year_that_was_chosen_counts_before_all_others() -> None:
    assert told("3月8日,张伟,13812340001,,,,,", year=2023).day == date(2023, 3, 8)


def test_a_refused_line_says_which_column_which_text_and_why() -> None:
    (line,) = read("2025-02-30,张伟,13812340001,,,,,").lines
    assert line.told is None
    ((heading, text, why),) = line.faults
    assert (heading, text) == ("日期", "2025-02-30")
    assert why.endswith("请核对年月日。")


def test_a_skipped_line_is_no_refused_one() -> None:
    (line,) = read("合计,20组,,,,,,").lines
    assert line.skipped
    assert not line.faults
    assert line.warnings == ["合计行，没有收。"]


def test_a_file_that_is_no_table_is_refused_in_the_readers_words() -> None:
    with pytest.raises(Refused, match="PDF"):
        read_lines(b"%PDF-1.7", "册.pdf", Options(), TODAY)


# The file before it is read


def surveyed(seed: int) -> Any:
    data, name = odd_registers.odd(seed)
    try:
        return survey_of(data, name, TODAY)
    except Unreadable:
        return None


@pytest.mark.parametrize("seed", range(12))
def test_what_was_seen_survives_being_kept(seed: int) -> None:
    seen = surveyed(seed)
    if seen is not None:
        kept = json.loads(json.dumps(survey_json(seen), ensure_ascii=False))
        assert _SURVEY.validate_python(kept) == seen


@pytest.mark.parametrize("seed", range(12, 24))
def test_a_file_taken_as_proposed_is_read_as_if_nobody_had_been_asked(seed: int) -> None:
    data, name = odd_registers.odd(seed)
    seen = surveyed(seed)
    if seen is None:
        return
    asked = read_lines(data, name, Options(choices=proposed(seen)), TODAY)
    alone = read_lines(data, name, Options(), TODAY)
    lines = [[(n.sheet, n.line, n.told, n.faults) for n in r.lines] for r in (asked, alone)]
    assert lines[0] == lines[1]


def test_what_was_chosen_survives_being_kept() -> None:
    chosen = Choices({2: SheetChoice(True, 4, {0: "day", 3: "", 5: "-"})}, "dmy")
    kept = json.loads(json.dumps(choices_json(chosen)))
    assert _CHOICES.validate_python(kept) == chosen
