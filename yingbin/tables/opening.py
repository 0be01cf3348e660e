"""Which kind of file this is, by what stands in it and never by its name alone; the way out where it can't be read."""

from . import texts, webpages, workbooks
from .grid import Sheet, Unreadable
from .unpacking import Limits
from .workbooks import LIMITS

MAX_BYTES = 20 * 1024 * 1024
_SAVE_AS = "请在 Excel 或 WPS 里打开，「另存为」.xlsx 再上传。"
# What a file begins with, what it then is, and the way out.
_OTHERS = (
    (b"%PDF", "这是 PDF，不是表格。请上传原来的 Excel 文件。"),
    (b"\x89PNG", "这是图片，不是表格。请上传原来的 Excel 文件。"),
    (b"\xff\xd8\xff", "这是照片，不是表格。请上传原来的 Excel 文件。"),
    (b"{\\rtf", "这是 Word 文档。请把表格复制到 Excel 里，存成 .xlsx 再上传。"),
    (b"Rar!", "这是压缩包。请解压后上传里面的表格。"),
    (b"7z\xbc\xaf", "这是压缩包。请解压后上传里面的表格。"),
    (b"\x1f\x8b", "这是压缩包。请解压后上传里面的表格。"),
)


def open_table(data: bytes, file_name: str = "", limits: Limits = LIMITS) -> list[Sheet]:
    """The sheets of a file in its order, or `Unreadable`, which says what the file is and the way out.

    limits: how much a workbook may unpack to.
    """
    if not data.strip(b"\x00 \r\n\t"):
        raise Unreadable("这个文件是空的。请选择有内容的表格。")
    if len(data) > MAX_BYTES:
        raise Unreadable("文件超过 20 MB。请去掉图片和无关的工作表，或分成几个文件上传。")
    for begins, words in _OTHERS:
        if data.startswith(begins):
            raise Unreadable(words)
    if data[:4] == b"\xd0\xcf\x11\xe0":
        raise Unreadable(_ole(data))
    if data[:2] == b"PK":
        return workbooks.sheets(data, limits)
    if file_name.lower().endswith((".xlsx", ".xlsm")) and b"\x00" in data[:512]:
        raise Unreadable(f"这个 .xlsx 文件坏了，打不开。{_SAVE_AS}")
    return _marked_up(data) or texts.sheets(data)


def _ole(data: bytes) -> str:
    """Old workbooks, and new ones under a password, both come in the same old container."""
    if "EncryptedPackage".encode("utf-16-le") in data:
        return f"这个文件加了密码，打不开。请去掉密码后{_SAVE_AS.removeprefix('请')}"
    if "WordDocument".encode("utf-16-le") in data:
        return "这是旧版 Word 文档。请把表格复制到 Excel 里，存成 .xlsx 再上传。"
    return f"这是旧版 Excel 的 .xls 文件，读不了。{_SAVE_AS}"


def _marked_up(data: bytes) -> list[Sheet]:
    """A web page that calls itself a workbook; XML of 2003 is told, and none of both is no page."""
    head = data[:4096].replace(b"\x00", b"").lower()
    if b"urn:schemas-microsoft-com:office:spreadsheet" in head or b"<?mso-application" in head:
        raise Unreadable(f"这是 Excel 2003 的 XML 表格，读不了。{_SAVE_AS}")
    begins = head.lstrip(b"\xef\xbb\xbf\xff\xfe \r\n\t")
    if b"mime-version:" in begins[:200] and b"text/html" in head:
        raise Unreadable(f"这是单个网页文件（.mht）。{_SAVE_AS}")
    if not begins.startswith(b"<"):
        return []
    return webpages.sheets(data)
