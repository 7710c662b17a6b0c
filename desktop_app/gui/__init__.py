"""What a person sees and touches; knows the worker only through messages."""
