"""An app of the tests alone: it lends keys."""
