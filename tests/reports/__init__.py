"""Pictures, tables, pages and files of what may be shown."""
