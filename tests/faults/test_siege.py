"""Under each attack, with nothing in front of the program, a receptionist goes on and every arrival is recorded."""

import time
from pathlib import Path

from bench.siege import ATTACKS, Outcome, besiege
from tests.faults.conftest import Shared
from tests.faults.house import House, processes

SECONDS = 4.0


def memory(house: House) -> int:
    """MB that the web server's processes hold by themselves."""
    total = 0
    for pid in processes(house.process.pid):
        cmdline = Path(f"/proc/{pid}/cmdline")
        if cmdline.exists() and b"granian" in cmdline.read_bytes():
            pages = int(Path(f"/proc/{pid}/statm").read_text().split()[1])
            total += pages * 4 // 1024
    return total


def test_no_attack_stops_a_receptionist(house: House, shared: Shared) -> None:
    before = memory(house)
    recorded: set[str] = set()
    came: dict[str, Outcome] = {}
    for attack in ATTACKS:
        came[attack] = besiege(house.port, attack, SECONDS)
        recorded |= set(came[attack].recorded)
        spool = list((house.data / "spool").iterdir())
        assert not spool, (attack, spool)
    allowed = max(1.0, 3 * came["peace"].p95)  # where the machine is busy with other things
    for outcome in came.values():
        assert not outcome.failed, str(outcome)
        assert len(outcome.recorded) >= 2, str(outcome)
        assert outcome.p95 < allowed, str(outcome)
    assert recorded <= house.visits()
    assert came["upload"].answers.get("413"), came["upload"]
    assert came["streams"].answers["429"] > 600, came["streams"]
    assert came["sign_ins"].answers["429"] > 0, came["sign_ins"]
    time.sleep(1)
    assert memory(house) - before < 500, "MB that stayed"
    shared.end()  # doors stay closed for a while to whoever stormed them
