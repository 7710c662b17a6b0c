from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from desktop_app.capture.folder_ledger import (
    PATIENCE_S,
    SETTLE_S,
    FolderLedger,
    Stamp,
    natural_key,
)

OLD = Stamp(900, 10, 1)
NEW = Stamp(500, 20, 2)


def _arrive(ledger: FolderLedger, name: str, stamp: Stamp, digest: bytes, at_s: float) -> bool:
    """Write a file that stays as it is; whether it is news."""
    listing = {name: stamp}
    assert ledger.take_stock(listing, at_s) == ()
    due = ledger.take_stock(listing, at_s + SETTLE_S)
    return due == (name,) and ledger.is_news(name, digest)


def test_what_was_there_before_is_no_news() -> None:
    ledger = FolderLedger({"old.png": OLD})
    assert ledger.take_stock({"old.png": OLD}, 0) == ()
    assert ledger.take_stock({"old.png": OLD}, 60) == ()
    assert not ledger.is_waiting


def test_a_new_file_is_due_once_it_has_stayed_as_it_is() -> None:
    ledger = FolderLedger({})
    assert ledger.take_stock({"a.png": NEW}, 0) == ()
    grown = NEW._replace(size=600, mtime_ns=21)
    assert ledger.take_stock({"a.png": grown}, SETTLE_S) == ()
    assert ledger.take_stock({"a.png": grown}, SETTLE_S * 1.9) == ()
    assert ledger.take_stock({"a.png": grown}, SETTLE_S * 2) == ("a.png",)


def test_a_known_file_is_told_again_only_where_it_changed() -> None:
    ledger = FolderLedger({})
    assert _arrive(ledger, "a.png", NEW, b"one", 0)
    assert ledger.take_stock({"a.png": NEW}, 50) == ()
    assert _arrive(ledger, "a.png", NEW._replace(mtime_ns=99), b"two", 60)


def test_an_old_file_that_was_written_anew_is_news() -> None:
    ledger = FolderLedger({"scan.png": OLD})
    assert _arrive(ledger, "scan.png", OLD._replace(mtime_ns=70), b"new page", 0)


def test_a_new_date_alone_is_no_news() -> None:
    ledger = FolderLedger({})
    assert _arrive(ledger, "a.png", NEW, b"one", 0)
    assert not _arrive(ledger, "a.png", NEW._replace(mtime_ns=99), b"one", 60)


def test_a_renamed_file_is_no_news() -> None:
    ledger = FolderLedger({"old.png": OLD})
    assert _arrive(ledger, "a.png", NEW, b"one", 0)
    assert ledger.take_stock({"0001.png": NEW, "0000.png": OLD}, 60) == ()
    assert ledger.take_stock({"0001.png": NEW, "0000.png": OLD}, 90) == ()


def test_a_renamed_file_without_a_number_is_known_by_its_content() -> None:
    ledger = FolderLedger({})
    anonymous = NEW._replace(file_id=0)
    assert _arrive(ledger, "a.png", anonymous, b"one", 0)
    assert not _arrive(ledger, "0001.png", anonymous, b"one", 60)


def test_a_copy_beside_the_first_is_news() -> None:
    ledger = FolderLedger({})
    assert _arrive(ledger, "a.png", NEW, b"one", 0)
    both = {"a.png": NEW, "copy of a.png": NEW._replace(file_id=7)}
    ledger.take_stock(both, 60)
    assert ledger.take_stock(both, 70) == ("copy of a.png",)
    assert ledger.is_news("copy of a.png", b"one")


def test_files_come_in_the_order_in_which_they_were_finished() -> None:
    ledger = FolderLedger({})
    listing = {
        "scan 10.png": Stamp(1, 30, 3),
        "scan 2.png": Stamp(1, 30, 4),
        "z.png": Stamp(1, 20, 5),
    }
    ledger.take_stock(listing, 0)
    assert ledger.take_stock(listing, 5) == ("z.png", "scan 2.png", "scan 10.png")


def test_an_incomplete_file_is_given_up_after_a_while() -> None:
    ledger, now = FolderLedger({}), 0.0
    ledger.take_stock({"a.png": NEW}, now)
    looks = 0
    while True:
        now += 0.25
        if ledger.take_stock({"a.png": NEW}, now):
            looks += 1
            if not ledger.wait_on("a.png", now):
                break
    assert PATIENCE_S <= now <= PATIENCE_S + 6
    assert looks < 15
    assert not ledger.is_waiting


def test_a_file_that_is_taken_away_is_forgotten() -> None:
    ledger = FolderLedger({})
    ledger.take_stock({"a.png": NEW}, 0)
    assert ledger.take_stock({}, 5) == ()
    assert not ledger.is_waiting


@given(
    st.lists(
        st.dictionaries(st.sampled_from("abcd"), st.integers(1, 3), max_size=4),
        min_size=1,
        max_size=12,
    )
)
def test_no_version_of_a_file_is_told_twice(listings: list[dict[str, int]]) -> None:
    ledger = FolderLedger({})
    told = []
    for turn, contents in enumerate(listings):
        # A version is a content; each name has its own file numbers.
        listing = {
            name: Stamp(version, version, 10 * ord(name) + version)
            for name, version in contents.items()
        }
        for wait in (0.0, SETTLE_S):
            told += [
                (name, contents[name])
                for name in ledger.take_stock(listing, turn * 10 + wait)
                if ledger.is_news(name, f"{name}{contents[name]}".encode())
            ]
    assert len(told) == len(set(told))
    seen = {version for contents in listings for version in contents.items()}
    assert set(told) == seen


def test_names_sort_as_people_count() -> None:
    names = ["scan10.png", "Scan2.png", "scan1.png", "a.png", "7.png"]
    assert sorted(names, key=natural_key) == [
        "7.png", "a.png", "scan1.png", "Scan2.png", "scan10.png",
    ]  # fmt: skip
