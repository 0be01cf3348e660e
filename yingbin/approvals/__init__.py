"""Approvals: something asked, granted or declined by somebody else, never by oneself."""
