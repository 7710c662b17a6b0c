"""What kinds of numbers there are, and what a reading says as one of them."""
