"""Paper through a scanner: one small protocol, an adapter for each system, one worker thread."""
