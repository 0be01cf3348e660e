"""Reading an existing register, whatever its quirks: files, headings, cells; nothing here is written."""
