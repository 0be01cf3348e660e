"""Where bytes lie: a folder of the data directory, or a store that speaks S3. Read by the settings, so without Django."""

import os
import stat
from collections.abc import Mapping
from pathlib import Path
from typing import TypedDict


class Place(TypedDict):
    """An entry of Django's `STORAGES`."""

    BACKEND: str
    OPTIONS: dict[str, object]


class NotConfigured(Exception):
    """The settings of the store don't hold; the message says which and what to do."""


FOLDER = "files"  # in the data directory


def place_of(environ: Mapping[str, str], data: Path) -> Place:
    """The storage that `YINGBIN_FILES` asks for: "folder" (default) or "s3". Raises `NotConfigured`."""
    asked = environ.get("YINGBIN_FILES", "") or "folder"
    if asked == "folder":
        options: dict[str, object] = {"location": str(data / FOLDER)}
        return {"BACKEND": "yingbin.files.store.Folder", "OPTIONS": options}
    if asked != "s3":
        raise NotConfigured(f"YINGBIN_FILES 只能是 folder 或 s3，现在是 {asked}。")
    bucket = environ.get("YINGBIN_FILES_BUCKET", "")
    if not bucket:
        raise NotConfigured("YINGBIN_FILES=s3 时要设置 YINGBIN_FILES_BUCKET（存储桶的名称）。")
    told = {
        "bucket_name": bucket,
        "endpoint_url": environ.get("YINGBIN_FILES_ENDPOINT", ""),
        "region_name": environ.get("YINGBIN_FILES_REGION", ""),
        "location": environ.get("YINGBIN_FILES_PREFIX", "").strip("/"),
        "access_key": environ.get("YINGBIN_FILES_KEY", ""),
        "secret_key": _secret(environ),
        "addressing_style": environ.get("YINGBIN_FILES_ADDRESSING", ""),
    }
    return {
        "BACKEND": "yingbin.files.bucket.Bucket",
        "OPTIONS": {name: value for name, value in told.items() if value},
    }


def _secret(environ: Mapping[str, str]) -> str:
    """The secret key itself, or what stands in a file that its owner alone may read."""
    named = environ.get("YINGBIN_FILES_SECRET_FILE", "")
    if not named:
        return environ.get("YINGBIN_FILES_SECRET", "")
    try:
        mode = os.stat(named).st_mode
        if stat.S_IMODE(mode) & 0o077:
            raise NotConfigured(f"{named} 别人也能读。请先运行 chmod 600 {named}。")
        return Path(named).read_text(encoding="utf-8").strip()
    except OSError:
        raise NotConfigured(
            f"读不到 {named}。请核对 YINGBIN_FILES_SECRET_FILE 和文件的主人。"
        ) from None
