"""Duty: roster, checks, handovers and show-flat visitors; still to be built."""
