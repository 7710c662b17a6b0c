"""Lines of writing for training the line reader: drawn by the project, or cut from real paper."""
