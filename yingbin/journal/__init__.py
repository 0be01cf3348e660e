"""The ground of every write: one lock a site, idempotency, and an append-only, hash-chained record."""
