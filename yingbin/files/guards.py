"""The guards that the migrations of files made: what a file is stays so."""

from yingbin.journal.guards import Guards, rows_and_whole

GUARDS = Guards(
    rows_and_whole("files_refuse", "files_storedfile"),
    {"files_refuse": "71fd0531d7be95edc7b990b53bd492d1a02ee6835e8dc714a30e77595ef74a80"},
)
