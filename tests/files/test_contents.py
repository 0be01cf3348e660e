"""What comes in is told by its content, drawn anew without a trace of where and with what, as large as a screen needs."""

import io
import struct
import zlib

import pillow_heif
import pytest
from PIL import Image, ImageCms
from PIL.PngImagePlugin import PngInfo

from tests.files.shelf import opened, picture
from yingbin.files import contents
from yingbin.files.contents import LONG_SIDE, SMALL_SIDE, content_of
from yingbin.rules.decision import Refused

ORIENTATION, GPS, MAKER = 0x0112, 0x8825, 0x010F


def with_position(orientation: int = 1) -> Image.Exif:
    exif = Image.Exif()
    exif[ORIENTATION], exif[MAKER] = orientation, "SECRETPHONE"
    exif.get_ifd(GPS).update({1: "N", 2: (30.0, 15.0, 7.0), 3: "E", 4: (120.0, 9.0, 5.0)})
    return exif


def heic(**more: object) -> bytes:
    pillow_heif.register_heif_opener()
    return picture(2000, 1000, "HEIF", **more)


@pytest.mark.parametrize("form", ["JPEG", "PNG", "WEBP"])
def test_a_picture_is_told_by_its_content_and_kept_as_one_kind(form: str) -> None:
    kept = content_of(picture(form=form))
    assert kept.media_type == "image/jpeg"
    assert opened(kept.data).format == "JPEG"
    assert (kept.width, kept.height) == opened(kept.data).size == (400, 300)


def test_a_phones_heic_can_be_shown_by_every_browser() -> None:
    kept = content_of(heic())
    assert (kept.media_type, kept.width, kept.height) == ("image/jpeg", 1600, 800)


def test_a_large_picture_is_shrunk_to_what_a_screen_needs_and_a_small_one_stays() -> None:
    large, small = content_of(picture(5000, 2500)), content_of(picture(90, 60))
    assert opened(large.data).size == (LONG_SIDE, LONG_SIDE // 2)
    assert opened(large.small).size == (SMALL_SIDE, SMALL_SIDE // 2)
    assert opened(small.data).size == opened(small.small).size == (90, 60)


@pytest.mark.parametrize(("orientation", "dark"), [(1, "left"), (3, "right"), (6, "top"), (8, "bottom")])  # fmt: skip
def test_a_picture_stands_upright_however_the_phone_was_held(orientation: int, dark: str) -> None:
    kept = opened(content_of(picture(exif=with_position(orientation))).data).convert("L")
    width, height = kept.size
    assert (width > height) == (orientation in (1, 3))
    spot = {
        "left": (5, height // 2),
        "right": (width - 5, height // 2),
        "top": (width // 2, 5),
        "bottom": (width // 2, height - 5),
    }
    light = {"left": "right", "right": "left", "top": "bottom", "bottom": "top"}[dark]
    assert kept.getpixel(spot[dark]) < 60
    assert kept.getpixel(spot[light]) > 200


def full_of_metadata() -> list[bytes]:
    srgb = ImageCms.ImageCmsProfile(ImageCms.createProfile("sRGB")).tobytes()
    notes = PngInfo()
    notes.add_text("Comment", "SECRETPLACE")
    notes.add_itxt("XML:com.adobe.xmp", "<x>SECRETPLACE</x>")
    exif = with_position()
    xmp = b"<x:xmpmeta>SECRETPLACE</x:xmpmeta>"
    return [
        picture(exif=exif, comment=b"SECRETPLACE", icc_profile=srgb, xmp=xmp),
        picture(form="PNG", pnginfo=notes, exif=exif, icc_profile=srgb),
        picture(form="WEBP", exif=exif, xmp=xmp, icc_profile=srgb),
        heic(exif=exif.tobytes(), xmp=xmp),
    ]


@pytest.mark.parametrize("data", full_of_metadata(), ids=["jpeg", "png", "webp", "heic"])
def test_position_camera_and_every_other_note_are_gone(data: bytes) -> None:
    assert b"SECRET" in data
    kept = content_of(data)
    for bytes_ in (kept.data, kept.small):
        assert b"SECRET" not in bytes_
        assert b"Exif" not in bytes_
        assert not opened(bytes_).getexif()
        assert set(opened(bytes_).info) <= {"jfif", "jfif_version", "jfif_unit", "jfif_density"}


def test_what_is_hidden_behind_the_end_of_a_picture_does_not_come_along() -> None:
    kept = content_of(picture() + b"<script>alert(1)</script>PK\x03\x04")
    assert b"script" not in kept.data


def test_a_signature_on_glass_lies_on_white() -> None:
    kept = opened(content_of(picture(form="PNG", mode="RGBA")).data).convert("L")
    assert kept.getpixel((395, 150)) > 240
    assert kept.getpixel((5, 150)) < 40


@pytest.mark.parametrize("mode", ["L", "P", "1", "CMYK", "LA", "I;16"])
def test_scans_of_every_colour_depth_are_taken(mode: str) -> None:
    form = "JPEG" if mode == "CMYK" else "PNG"
    out = io.BytesIO()
    plain = Image.new("L", (300, 200), 128)
    if mode == "I;16":
        Image.new("I;16", (300, 200), 128 * 256).save(out, form)
    else:
        plain.convert("RGB" if mode == "CMYK" else "L").convert(mode).save(out, form)
    kept = content_of(out.getvalue())
    if mode != "1":
        assert abs(opened(kept.data).convert("L").getpixel((150, 100)) - 128) < 12


def bomb(width: int, height: int) -> bytes:
    """A PNG of a few bytes that would unpack to a large picture."""

    def part(kind: bytes, body: bytes) -> bytes:
        return (
            struct.pack(">I", len(body)) + kind + body + struct.pack(">I", zlib.crc32(kind + body))
        )

    head = struct.pack(">IIBBBBB", width, height, 8, 0, 0, 0, 0)
    return (
        b"\x89PNG\r\n\x1a\n"
        + part(b"IHDR", head)
        + part(b"IDAT", zlib.compress(b"\0" * 1000))
        + part(b"IEND", b"")
    )


@pytest.mark.parametrize("side", [9_000, 30_000, 60_000])
def test_a_bomb_is_refused_before_a_pixel_is_unpacked(
    side: int, monkeypatch: pytest.MonkeyPatch
) -> None:
    def unpacked(*_: object) -> None:
        raise AssertionError("unpacked")

    monkeypatch.setattr(contents, "_plain", unpacked)
    monkeypatch.setattr(Image.Image, "thumbnail", unpacked)
    with pytest.raises(Refused, match=r"太大了|不是能用的照片"):
        content_of(bomb(side, side))


@pytest.mark.parametrize(
    ("data", "words"),
    [
        (b"", "空的"),
        (b"<html><script>alert(1)</script></html>", "不是能用的照片"),
        (b'<svg xmlns="http://www.w3.org/2000/svg" onload="alert(1)"/>', "不是能用的照片"),
        (b"GIF89a" + b"\0" * 40, "不是能用的照片"),
        (b"PK\x03\x04" + b"\0" * 40, "不是能用的照片"),
        (picture()[:900], "不完整|不是能用的照片"),
        (b"%PDF-1.7\n1 0 obj", "PDF 不完整"),
        (b"\xff\xd8\xff" + b"x" * 100, "不完整|不是能用的照片"),
        (b"x" * (contents.MAX_BYTES + 1), "最多 20 MB"),
    ],
    ids=["empty", "html", "svg", "gif", "zip", "cut", "pdf cut", "noise", "large"],
)
def test_what_is_no_picture_is_refused_in_words_with_what_to_do(data: bytes, words: str) -> None:
    with pytest.raises(Refused, match=words) as no:
        content_of(data)
    assert "请" in no.value.message


def test_a_scan_in_pdf_stays_as_it_is() -> None:
    scan = b"%PDF-1.7\n" + b"x" * 5000 + b"\n%%EOF\n"
    kept = content_of(scan)
    assert (kept.media_type, kept.data, kept.small) == ("application/pdf", scan, b"")


def test_a_picture_with_a_colour_profile_keeps_its_colours() -> None:
    profile = ImageCms.ImageCmsProfile(ImageCms.createProfile("sRGB")).tobytes()
    out = io.BytesIO()
    Image.new("RGB", (60, 60), (200, 30, 60)).save(out, "JPEG", icc_profile=profile, quality=95)
    pixel = opened(content_of(out.getvalue()).data).getpixel((30, 30))
    assert all(abs(a - b) < 8 for a, b in zip(pixel, (200, 30, 60), strict=True))
