"""Files brought in: looked over, mapped, reported on, taken in by chunks, taken back as a whole; for any app."""
