"""One test over many files: each is looked at, and all that are wrong are named together."""

from collections.abc import Callable, Iterable
from pathlib import Path

ROOT = Path(__file__).resolve().parents[1]


def of_every(files: Iterable[Path]) -> Callable[[Callable[[Path], None]], Callable[[], None]]:
    """What holds of every file: a test of its own for each would take longer to begin than to run."""

    def whole(test: Callable[[Path], None]) -> Callable[[], None]:
        def over_all() -> None:
            found = sorted(files)
            assert found, "nothing to look at"
            wrong = []
            for file in found:
                try:
                    test(file)
                except AssertionError as why:
                    wrong.append(f"{file.relative_to(ROOT)}: {why}")
            assert not wrong, "\n".join(wrong)

        over_all.__name__, over_all.__doc__ = test.__name__, test.__doc__
        over_all.__module__ = test.__module__
        return over_all

    return whole
