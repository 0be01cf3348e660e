"""The guards that the gallery's migrations made: what the database refuses to change (TQ-3, TQ-11)."""

from yingbin.journal.guards import Guard, Guards, rows_and_whole

_REGISTER, _DECIDED = "floor_register_refuse", "floor_decided_refuse"

GUARDS = Guards(
    {
        **rows_and_whole(_REGISTER, register_entry="floor_registerentry"),
        "register_words_rows": Guard("floor_registerwords", "floor_register_words_erase", "UPDATE"),
        "register_words_gone": Guard("floor_registerwords", _REGISTER, "DELETE"),
        "register_words_whole": Guard("floor_registerwords", _REGISTER, "TRUNCATE"),
        **rows_and_whole(
            _DECIDED,
            "floor_turnevent",
            "floor_turndecision",
            "floor_undone",
            "floor_nudge",
            "floor_reopening",
        ),
    },
    {
        _REGISTER: "9921379df11818829100e41dd5e9563fe8dcb8f83b6331a4a06c2fa594dcaf5b",
        "floor_register_words_erase": "313fe9854e19c7c4c8a94980cdd0c1bda33cc36b03070a6e4bd69b17071e8efa",
        _DECIDED: "d1edae6c7ebe6368831890615df35fbac4bf2868894c983446d8e0c3f5cc5d2c",
    },
)
