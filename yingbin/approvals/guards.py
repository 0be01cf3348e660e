"""What the database refuses to change of requests: what was asked, and all of it once it is decided, but for erased words."""

from yingbin.journal.finals import Final, Undecided

DECIDING = ("status", "decided_at", "decided_by", "answer", "salt", "told_late_at")
REQUESTS = Final(
    "approvals_approval",
    erasable=("title", "words", "answer", "salt"),
    undecided=Undecided("status", "asked", DECIDING),
)
GUARDS = REQUESTS.guards()
