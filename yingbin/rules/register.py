"""The visitors' register (TQ-3): how many rows a reception still owes, and when a row may be corrected."""

from __future__ import annotations


def entries_owed(
    *, kind: str, assisted: bool, unrelated: bool, registered: bool, households: int, signed: int
) -> int:
    """How many signed rows a reception owes before it may be finished; never below 0.

    kind: of the arrival; only customers register (TQ-4, TQ-9). assisted: a registered customer was
    helped by a colleague (TQ-8). unrelated: claimed to be a peer or unrelated and not refused (TQ-6).
    registered: the customer stood in the register before this visit. households: families in the
    group, each registers. signed: rows signed at this visit, corrections not counted.
    """
    if kind != "customer" or assisted or unrelated:
        return 0
    return max(0, households - int(registered) - signed)


def may_correct(
    *,
    signer: str | None,
    who: str,
    supervises: bool,
    corrected: bool,
    signers: str = "接待人或销售经理",
) -> str:
    """Why this person may not correct the row, in words; empty when they may.

    Only the latest row of a chain is corrected, by whoever signed it or by who supervises; `signers`: both in words.
    """
    if corrected:
        return "这一行已经更正过了，请在最新的那一行上更正。"
    if signer != who and not supervises:
        return f"只有当时签名的{signers}可以更正这一行。"
    return ""
