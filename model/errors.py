"""Everything that can go wrong in a way the clerk can be told about.

Each error says what happened (``user_message``) and what to do next (``hint``), both full
sentences without jargon. The picture's name is not part of the message: whoever shows it knows it.
"""

from __future__ import annotations


class NumberglassError(Exception):
    """Base of the family: a message for the clerk and what to do next."""

    def __init__(self, user_message: str, hint: str) -> None:
        super().__init__(f"{user_message} {hint}")
        self.user_message = user_message
        self.hint = hint


class PictureError(NumberglassError):
    """The picture cannot be opened: missing, damaged, too large, or no picture at all."""


class NetworkError(NumberglassError):
    """The network is missing, damaged, or not the one that its card describes."""


class FieldError(NumberglassError):
    """A kind of number was asked for that there is not."""
