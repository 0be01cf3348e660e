"""Pages of customers: finding, the card, duplicates, who looked at numbers."""
