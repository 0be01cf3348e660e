"""A roster as people keep it in a spreadsheet: names down, days across, 早, 晚 or 休 in the cells; written and read."""
