"""What the program has to know of the network that it ships with, read from its model card."""

from __future__ import annotations

import json
import math
from dataclasses import dataclass
from pathlib import Path
from typing import Final

from model.errors import NetworkError

WEIGHTS_FOLDER: Final = Path(__file__).parent / "weights"
CARD_NAME: Final = "card.json"
REINSTALL: Final = "Install Numberglass again, or ask whoever looks after this computer."


@dataclass(frozen=True, slots=True)
class Calibration:
    """How logits become confidence, and from where a person is not needed.

    Attributes:
        digit_temperature: Divides the ten digit logits (Guo et al., 2017).
        presence_temperature: Divides the log-odds of being a digit at all, less their shift.
        presence_shift: Log-odds at which being a digit and not being one are as likely (Platt,
            1999: examples of what is no digit are rarer in training than on paper).
        accept_above: Confidence in [0, 1] from which a digit is accepted without a person.
    """

    digit_temperature: float
    presence_temperature: float
    presence_shift: float
    accept_above: float

    def __post_init__(self) -> None:
        """Raise ValueError where confidence could not be computed."""
        values = (self.digit_temperature, self.presence_temperature, self.presence_shift)
        if not all(map(math.isfinite, (*values, self.accept_above))) or min(values[:2]) <= 0:
            raise ValueError("temperatures must be positive, and all values finite")


@dataclass(frozen=True, slots=True)
class ModelCard:
    """The part of the card that the program uses; people read ``CARD.md``.

    Attributes:
        version: Of the network; the same stands in the network file.
        file: The network's file name, beside the card.
        sha256: Of that file, hexadecimal.
        calibration: Fitted on validation pictures.
    """

    version: str
    file: str
    sha256: str
    calibration: Calibration


def load_card(folder: Path) -> ModelCard:
    """Read the card beside the network.

    Raises:
        NetworkError: it is missing or damaged.
    """
    try:
        facts = json.loads((folder / CARD_NAME).read_text(encoding="utf-8"))
        return ModelCard(
            version=str(facts["version"]),
            file=str(facts["file"]),
            sha256=str(facts["sha256"]),
            calibration=Calibration(**{k: float(v) for k, v in facts["calibration"].items()}),
        )
    except FileNotFoundError as error:
        raise NetworkError("The reading network is missing.", REINSTALL) from error
    except (OSError, ValueError, KeyError, TypeError, AttributeError) as error:
        raise NetworkError("The reading network's model card is damaged.", REINSTALL) from error
