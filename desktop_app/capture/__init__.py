"""Where pictures come from besides files that the clerk opens; knows nothing of the window."""
