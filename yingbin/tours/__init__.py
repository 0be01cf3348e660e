"""Corporate visits: application, approval, hosting plan, passes, gate (CV)."""
