"""What the database refuses to change of days on duty: events and notes but for erased words, and what followed from them."""

from yingbin.journal.finals import Final
from yingbin.sheets.finals import guards

EVENTS = Final("duty_dutyevent", erasable=("words", "salt"))
ALERTS = Final("duty_dutyalert")
CHECK_LISTS = Final("duty_checklist")
SHARED_LISTS = Final("duty_sharedchecklist")
CHECK_ANSWERS = Final("duty_checkanswer")
CHECK_RETURNS = Final("duty_checkreturn", erasable=("word", "salt"))
# A show flat's facts, the sheet of its visitors, and how that was matched with the gallery's register.
FACTS = Final("duty_flatfacts")
MATCHINGS = Final("duty_visitmatching")
SETTLED = Final("duty_matchsettlement", erasable=("word", "salt"))
CONFIRMED = Final("duty_matchconfirmation", erasable=("word", "salt"))
SHEETS = guards("duty_visitsheet", "duty_visitsheetwords")
PROCEDURES = Final("duty_emergencyprocedure")
NOTES = Final("duty_incidentnote", erasable=("words", "salt"))
HANDOVERS = Final("duty_handover")
SIGNATURES = Final("duty_handoversignature")
ADDED = Final("duty_handovernote", erasable=("words", "salt"))
LINES = Final("duty_linedetail", erasable=("present", "salt"))
GUARDS = (
    EVENTS.guards()
    | ALERTS.guards()
    | HANDOVERS.guards()
    | SIGNATURES.guards()
    | ADDED.guards()
    | CHECK_LISTS.guards()
    | SHARED_LISTS.guards()
    | CHECK_ANSWERS.guards()
    | CHECK_RETURNS.guards()
    | FACTS.guards()
    | MATCHINGS.guards()
    | SETTLED.guards()
    | CONFIRMED.guards()
    | PROCEDURES.guards()
    | NOTES.guards()
    | LINES.guards()
    | SHEETS
)
