"""A signing client and an export reader, written from docs/protocol.md alone.

Nothing here imports the site: that this works is the proof that the page suffices.
"""
