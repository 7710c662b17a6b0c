"""The reader: pixels in, readings out. Knows no Qt, no Keras, no files but its own network."""
