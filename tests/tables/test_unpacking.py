"""A small file that unpacks to something enormous is refused before anything is built of it."""

import io
import zipfile

import pytest

from yingbin.tables import Unreadable, open_table
from yingbin.tables.unpacking import Limits, NoWorkbook, TooMuch, weigh

LIMITS = Limits(whole=10_000, sheet=4_000, part=2_000, elements=100, a_byte=0.0)


def packed(**parts: bytes) -> bytes:
    """A ZIP with these parts; `sheet` is a worksheet, all others are other parts."""
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, body in parts.items():
            archive.writestr(
                "xl/worksheets/sheet1.xml" if name == "sheet" else f"xl/{name}.xml", body
            )
    return out.getvalue()


@pytest.mark.parametrize(
    ("parts", "heavy"),
    [
        ({"sheet": b" " * 3_900}, False),
        ({"sheet": b" " * 4_100}, True),
        ({"styles": b" " * 1_900}, False),
        ({"styles": b" " * 2_100}, True),
        ({"a": b" " * 1_900, "b": b" " * 1_900, "c": b" " * 1_900, "d": b" " * 1_900, "e": b" " * 1_900, "f": b" " * 1_900}, True),
        ({"sheet": b"<c/>" * 90}, False),
        ({"sheet": b"<c/>" * 110}, True),
        ({"sheet": b"<c></c>" * 90}, False),
        ({"sheet": b"<c/>" * 60, "styles": b"<f/>" * 60}, True),
    ],
)  # fmt: skip
def test_what_a_workbook_costs_is_weighed_part_by_part_and_whole(
    parts: dict[str, bytes], heavy: bool
) -> None:
    if heavy:
        with pytest.raises(TooMuch):
            weigh(packed(**parts), LIMITS)
    else:
        weigh(packed(**parts), LIMITS)


def test_a_large_honest_file_may_have_as_many_elements_as_its_bytes_allow() -> None:
    cells = b"".join(b"<c r='A%d'><v>%d</v></c>" % (n, n * 7919) for n in range(80))
    with pytest.raises(TooMuch):
        weigh(packed(sheet=cells), LIMITS)
    weigh(packed(sheet=cells), Limits(10_000, 4_000, 2_000, 100, a_byte=2.0))


@pytest.mark.parametrize(
    "begins", [b"<!DOCTYPE x>", b'<?xml version="1.0"?><!DOCTYPE lolz [', b"<x><!ENTITY a 'b'>"]
)
def test_xml_that_defines_words_of_its_own_is_no_workbook(begins: bytes) -> None:
    with pytest.raises(NoWorkbook):
        weigh(packed(sheet=begins), LIMITS)


def test_what_is_no_zip_is_no_workbook() -> None:
    with pytest.raises(NoWorkbook):
        weigh(b"PK\x03\x04 something else", LIMITS)


def test_a_part_that_lies_about_its_size_is_no_workbook() -> None:
    data = bytearray(packed(sheet=b"<c/>" * 50))
    at = data.rindex(b"PK\x01\x02") + 24
    data[at : at + 4] = (1).to_bytes(4, "little")
    with pytest.raises(NoWorkbook):
        weigh(bytes(data), LIMITS)


def test_the_uploader_is_told_in_words_what_to_do() -> None:
    with pytest.raises(Unreadable, match=r"展开后太大.*分成几个文件"):
        open_table(packed(sheet=b"<c/>" * 500), "册.xlsx", LIMITS)
