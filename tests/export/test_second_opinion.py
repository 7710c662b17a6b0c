"""What another reader's agreement is worth, by answers made here."""

from export.evaluation.judging import Outcome
from export.second_opinion import Opinions, table


def outcome(read: str, confidence: float, truth: str = "12") -> Outcome:
    return Outcome(
        name="",
        truth=truth,
        read=read,
        length=len(truth),
        distance=int(read != truth),
        confidence=confidence,
        is_accepted=True,
        is_exact=read == truth,
    )


def rates(opinions: list[Opinions]) -> dict[str, list[str]]:
    rows = [row.strip("| ").split(" | ") for row in table("Lines", opinions)[4:]]
    return {name: shares for name, *shares in rows}


def test_two_that_read_nothing_do_not_agree() -> None:
    assert not Opinions(outcome("", 0.0), outcome("", 0.0)).agree


def test_another_reader_that_errs_elsewhere_takes_the_error_out() -> None:
    sure_error = Opinions(outcome("13", 0.99), outcome("12", 0.9))
    right = [Opinions(outcome("12", 0.9), outcome("12", 0.9))] * 9
    shares = rates([sure_error, *right])
    assert shares["Numberglass alone"] == ["0.0%", "0.0%"]
    assert shares["both agree, by Numberglass"] == ["90.0%", "90.0%"]


def test_another_reader_that_reads_little_sends_right_numbers_to_a_person() -> None:
    opinions = [
        Opinions(outcome("12", 0.9), outcome("12" if i < 4 else "1", 0.9)) for i in range(10)
    ]
    shares = rates(opinions)
    assert shares["Numberglass alone"] == ["100.0%", "100.0%"]
    assert shares["both agree, by RapidOCR"] == ["40.0%", "40.0%"]
    assert shares["agreement first, then Numberglass"] == ["100.0%", "100.0%"]


def test_the_table_says_how_often_both_err_alike() -> None:
    alike = Opinions(outcome("13", 0.9), outcome("13", 0.9))
    right = Opinions(outcome("12", 0.9), outcome("12", 0.9))
    first = table("Lines", [alike, right, right])[0]
    assert first == "Lines: 2 of 3 right; both agree on 3, 1 wrong"
