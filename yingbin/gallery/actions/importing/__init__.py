"""What bringing an old register in does to the register and the cards (TQ-3)."""

from .forecast import Forecast
from .returning import withdraw
from .taking import Ready, prepare, take

__all__ = ["Forecast", "Ready", "prepare", "take", "withdraw"]
