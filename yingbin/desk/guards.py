"""What the database refuses to change at the desk: the office of then, events and notes but for erased words, copies handed out,
what residents said when they were called back, versions of answers and their use."""

from yingbin.journal.finals import Final

OFFICES = Final("desk_deskoffice")
EVENTS = Final("desk_deskevent", erasable=("words", "salt"))
NOTES = Final("desk_desknote", erasable=("words", "salt"))
COPIES = Final("desk_registercopy")
CALL_COPIES = Final("desk_callsheetcopy")
PRICES = Final("desk_pricelist")
QUOTES = Final("desk_quote", erasable=("words", "salt"))
ANSWERS = Final("desk_quoteanswer", erasable=("strokes",))
MOVES = Final("desk_stockmove", erasable=("words", "salt"))
COMPLETIONS = Final("desk_completion", erasable=("strokes",))
REDUCTIONS = Final("desk_reduction")
PAYMENTS = Final("desk_payment", erasable=("why", "salt"))
CASH = (Final("desk_cashday", erasable=("why", "salt")), Final("desk_cashhandover"))
PAID = (PRICES, QUOTES, ANSWERS, MOVES, COMPLETIONS, REDUCTIONS, PAYMENTS, *CASH)
GUARDS = OFFICES.guards() | EVENTS.guards() | NOTES.guards() | COPIES.guards()
GUARDS |= CALL_COPIES.guards()
for one in PAID:
    GUARDS |= one.guards()
CALLS = Final("desk_callanswer", erasable=("wanted", "salt"))
VERSIONS = Final("desk_answerversion")
USES = Final("desk_answeruse")
GUARDS |= CALLS.guards() | VERSIONS.guards() | USES.guards()
CAUSES = Final("desk_complaintcause", erasable=("words", "salt"))
GUARDS |= CAUSES.guards()
