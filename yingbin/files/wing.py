"""Files, as the house sees them."""

from yingbin.pages.wing import Wing

WING = Wing(
    guards="yingbin.files.guards.GUARDS",
    app="files",
    title="照片与文件",
    prefix="files/",
    urls="yingbin.files.urls",
    styles=("files/photos.css",),
    scripts=("files/photos.js",),
    ticks=("yingbin.files.ticks.tick",),
    witnesses=("yingbin.files.witnesses.of_files",),
    erasers=("yingbin.files.privacy.erase",),
    exporters=("yingbin.files.privacy.sections",),
)
