"""Corporate visits: application, approval, hosting plan, passes, gate; still to be built."""
