"""One worker thread: requests in, outcomes out. QtCore only."""
