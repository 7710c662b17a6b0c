"""What is kept between sessions, written atomically."""
