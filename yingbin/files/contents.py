"""What a file is, by its content alone: a picture made anew without its metadata, or a scan in PDF."""

import io
import threading
from dataclasses import dataclass
from typing import TYPE_CHECKING

from yingbin.rules.decision import Refused

if TYPE_CHECKING:
    from PIL.Image import Image

MAX_BYTES = 20 * 1024 * 1024
MAX_PIXELS = 64_000_000  # more than a phone's camera gives
LONG_SIDE, SMALL_SIDE = 1600, 320  # pixels of what a screen needs, and of a thumbnail
QUALITY = 82
FORMATS = ("JPEG", "PNG", "WEBP", "HEIF")
_AT_ONCE = threading.BoundedSemaphore(2)  # pictures unpacked at the same time: each may need 200 MB


@dataclass(frozen=True)
class Content:
    """What is kept: its type, the bytes, a small picture where it is one, width and height in pixels."""

    media_type: str
    data: bytes
    small: bytes = b""
    width: int = 0
    height: int = 0


def content_of(data: bytes) -> Content:
    """What these bytes are, made safe to keep. Raises `Refused` with what is wrong and what to do."""
    if not data:
        raise Refused(None, "这个文件是空的，请重新拍一张。")
    if len(data) > MAX_BYTES:
        raise Refused(None, f"一个文件最多 {MAX_BYTES // 1024 // 1024} MB，请把它缩小后再传。")
    if data[:1024].lstrip().startswith(b"%PDF-"):
        return _scan(data)
    with _AT_ONCE:
        return _picture(data)


def _scan(data: bytes) -> Content:
    """A PDF stays as it is: it is only ever handed out as a file, never shown in a page."""
    if b"%%EOF" not in data[-2048:]:
        raise Refused(None, "这个 PDF 不完整，请重新扫描或重新导出。")
    return Content("application/pdf", data)


def _picture(data: bytes) -> Content:
    """Every pixel is drawn anew: no position, no camera, no name and nothing hidden behind the picture is left."""
    from PIL import UnidentifiedImageError
    from PIL.Image import DecompressionBombError

    try:
        return _drawn_anew(data)
    except (UnidentifiedImageError, DecompressionBombError):
        raise Refused(
            None,
            "这不是能用的照片或扫描件。请传 JPEG、PNG、WebP、HEIC 照片，或 PDF 扫描件。",
        ) from None
    except (OSError, ValueError, SyntaxError, EOFError, RuntimeError, MemoryError):
        raise Refused(None, "这张照片不完整或已损坏，请重新拍一张。") from None


def _drawn_anew(data: bytes) -> Content:
    import pillow_heif
    from PIL import Image, ImageOps

    pillow_heif.register_heif_opener(thumbnails=False)
    with Image.open(io.BytesIO(data), formats=FORMATS) as found:
        width, height = found.size
        # Asked of the header, before a single pixel is unpacked.
        if width * height > MAX_PIXELS:
            raise Refused(
                None, f"这张照片有 {width} × {height} 像素，太大了。请用普通模式重新拍一张。"
            )
        found.draft("RGB", (LONG_SIDE, LONG_SIDE))
        found.thumbnail((LONG_SIDE, LONG_SIDE), Image.Resampling.LANCZOS)
        upright = ImageOps.exif_transpose(found)
        picture = _plain(upright, found.info.get("icc_profile"))
    small = picture.copy()
    small.thumbnail((SMALL_SIDE, SMALL_SIDE), Image.Resampling.LANCZOS)
    return Content("image/jpeg", _packed(picture), _packed(small), *picture.size)


def _plain(picture: "Image", profile: bytes | None) -> "Image":
    """The same colours in sRGB on white paper, in an image that carries nothing else."""
    from PIL import Image

    if profile and picture.mode in ("RGB", "RGBA"):
        picture = _in_srgb(picture, profile)
    if picture.mode in ("I;16", "I;16B", "I;16L", "I", "F"):
        picture = picture.convert("I").point([n // 256 for n in range(65536)], "L")
    paper = Image.new("RGB", picture.size, "white")
    if picture.has_transparency_data:
        clear = picture.convert("RGBA")
        paper.paste(clear, mask=clear.getchannel("A"))
    else:
        paper.paste(picture.convert("RGB"))
    return paper


def _in_srgb(picture: "Image", profile: bytes) -> "Image":
    from PIL import ImageCms

    try:
        theirs = ImageCms.ImageCmsProfile(io.BytesIO(profile))
        ours = ImageCms.createProfile("sRGB")
        return ImageCms.profileToProfile(picture, theirs, ours) or picture
    except (ImageCms.PyCMSError, OSError):
        return picture


def _packed(picture: "Image") -> bytes:
    out = io.BytesIO()
    picture.save(out, "JPEG", quality=QUALITY, optimize=True)
    return out.getvalue()
