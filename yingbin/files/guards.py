"""The guards that the migrations of files made: what a file is stays so."""

from yingbin.journal.guards import Guards, rows_and_whole

GUARDS = Guards(
    rows_and_whole("files_refuse", "files_storedfile"),
    {"files_refuse": "230ae0ef6f4a99cb73a277942cd4b7b82a804d8abb853297dabc29748cf5ce54"},
)
