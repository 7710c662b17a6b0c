"""Training, conversion and measurement of the network; never shipped to users."""
