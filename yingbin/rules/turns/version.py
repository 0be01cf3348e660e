"""The version of the queue's rules; it changes whenever the same day would be decided differently."""

RULE_VERSION = "1"
