"""The rules: pure decisions on plain values. Standard library only, no clock, no settings."""
