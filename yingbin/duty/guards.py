"""What the database refuses to change of days on duty: events but for erased words, and what followed from them."""

from yingbin.journal.finals import Final

EVENTS = Final("duty_dutyevent", erasable=("words", "salt"))
ALERTS = Final("duty_dutyalert")
CHECK_LISTS = Final("duty_checklist")
CHECK_ANSWERS = Final("duty_checkanswer")
CHECK_RETURNS = Final("duty_checkreturn", erasable=("word", "salt"))
GUARDS = (
    EVENTS.guards()
    | ALERTS.guards()
    | CHECK_LISTS.guards()
    | CHECK_ANSWERS.guards()
    | CHECK_RETURNS.guards()
)
