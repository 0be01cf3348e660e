"""Checks a case file against the journal beside it. Needs Python 3.11 or newer and nothing else.

    python3 check_case.py           in the folder with case.json and journal.jsonl

First let verify.py check journal.jsonl itself. This program then looks up every receipt of the case in
the journal, and recomputes the commitment of every sentence whose salt the case contains.
"""

import hashlib
import hmac
import json
import sys
from pathlib import Path


def commitment(words: str, salt: str) -> str:
    """What the journal holds in place of the words."""
    digest = hmac.new(bytes.fromhex(salt), words.encode(), hashlib.sha256).hexdigest()
    return f"sha256:{digest}"


def entries(path: Path) -> dict[int, dict[str, object]]:
    """The journal's entries by number."""
    found = {}
    for line in path.read_text(encoding="utf-8").splitlines():
        row = json.loads(line)
        if "entry" in row:
            found[row["entry"]["seq"]] = row["entry"]
    return found


def faults(case: dict[str, object], journal: dict[int, dict[str, object]]) -> list[str]:
    """What doesn't fit, in words; empty when the case and the journal agree."""
    wrong = []
    for number, fact in enumerate(case["facts"], 1):  # type: ignore[arg-type, var-annotated]
        entry = journal.get(fact["seq"]) if fact["seq"] else None
        where = f"第{number}项({fact['title']})"
        if fact["seq"] and entry is None:
            wrong.append(f"{where}: 记录链里没有第{fact['seq']}条")
        elif entry and fact["receipt"] and entry["receipt"] != fact["receipt"]:
            wrong.append(f"{where}: 回执码与记录链第{fact['seq']}条不符")
        proof = fact.get("proof")
        if entry and proof:
            held = entry["body"].get(proof["field"])  # type: ignore[attr-defined]
            shown = fact["detail"]
            if held != commitment(proof["words"], proof["salt"]):
                wrong.append(f"{where}: 文字与记录链里的存证不符")
            elif proof["words"] not in shown:
                wrong.append(f"{where}: 显示的文字被改过")
    return wrong


def main() -> int:
    """Prints what was found; 0 when everything fits."""
    folder = Path(sys.argv[1]) if len(sys.argv) > 1 else Path(__file__).parent
    case = json.loads((folder / "case.json").read_text(encoding="utf-8"))
    wrong = faults(case, entries(folder / "journal.jsonl"))
    for line in wrong:
        print("不符", line)
    facts = len(case["facts"])
    print(f"共 {facts} 项，" + (f"{len(wrong)} 处不符。" if wrong else "与记录链相符。"))
    return 1 if wrong else 0


if __name__ == "__main__":
    sys.exit(main())
