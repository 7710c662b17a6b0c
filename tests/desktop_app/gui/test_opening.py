from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QMimeData, Qt, QUrl
from PySide6.QtGui import QGuiApplication, QImage
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QFileDialog

from desktop_app.gui.state import Phase, StatusTone
from tests.support.fakes import (
    FakeReader,
    ports_of,
    ports_without_network,
    reading_of,
    save_picture,
)
from tests.support.window_driver import WindowDriver

if TYPE_CHECKING:
    from pathlib import Path

    from pytestqt.qtbot import QtBot


def test_front_page_says_what_it_is_for_and_where_the_focus_is(driver: WindowDriver) -> None:
    assert driver.sees("Numberglass reads handwritten digits")
    assert driver.sees("Everything stays on this computer")
    assert driver.sees("PNG, JPEG, TIFF")
    assert driver.focus.accessibleName() == "Open picture"


def test_dropped_file_is_read_and_its_number_shown(driver: WindowDriver, slip: Path) -> None:
    driver.open(slip)
    assert driver.sees("Number 5 6 1 2 4 7")
    assert driver.sees("Sure of all six digits")
    assert driver.sees("Picture OK: 400 × 300 PNG. One line, six digits. Read in ")
    assert driver.window.windowTitle() == "slip.png – Numberglass"


def test_file_of_the_command_line_is_read(
    qtbot: QtBot, reader: FakeReader, slip: Path, tmp_path: Path
) -> None:
    driver = WindowDriver(qtbot, ports_of(reader), tmp_path, files=[slip])
    qtbot.waitUntil(lambda: driver.state.phase is Phase.REVIEWING)
    assert driver.number == "561247"
    driver.close()


def test_several_files_are_stepped_through(driver: WindowDriver, tmp_path: Path) -> None:
    paths = [save_picture(tmp_path / f"slip{at}.png") for at in range(3)]
    driver.open(*paths)
    assert driver.sees("slip0.png · File 1 of 3")
    driver.press(Qt.Key.Key_N)
    driver.settle()
    assert driver.sees("slip1.png · File 2 of 3")
    driver.click("Next picture")
    driver.settle()
    assert driver.sees("slip2.png · File 3 of 3")
    assert driver.sees("Open next…")


def test_pages_of_a_tiff_come_one_after_another(driver: WindowDriver, tmp_path: Path) -> None:
    from PIL import Image

    first, second = Image.new("RGB", (300, 200), "white"), Image.new("RGB", (310, 210), "white")
    first.save(tmp_path / "pages.tif", save_all=True, append_images=[second])
    driver.open(tmp_path / "pages.tif")
    assert driver.sees("Page 1")
    driver.click("Next page")
    driver.settle()
    assert driver.sees("Page 2")
    assert driver.sees("310 × 210")
    assert driver.sees("Open next…")


def test_pasted_picture_is_read(driver: WindowDriver) -> None:
    image = QImage(120, 80, QImage.Format.Format_ARGB32)
    image.fill(Qt.GlobalColor.transparent)
    QGuiApplication.clipboard().setImage(image)
    driver.press_ctrl(Qt.Key.Key_V)
    driver.settle()
    assert driver.number == "561247"
    assert driver.sees("Pasted picture")
    page = driver.state.shown
    assert page is not None
    # Transparency is laid on white, as in a file.
    assert page.page.pixels.min() == 255


def test_pasted_file_is_read(driver: WindowDriver, slip: Path) -> None:
    mime = QMimeData()
    mime.setUrls([QUrl.fromLocalFile(str(slip))])
    QGuiApplication.clipboard().setMimeData(mime)
    driver.press_ctrl(Qt.Key.Key_V)
    driver.settle()
    assert driver.state.page_name == "slip.png"


def test_pasting_text_is_refused_in_words(driver: WindowDriver) -> None:
    QGuiApplication.clipboard().setText("561247")
    driver.press_ctrl(Qt.Key.Key_V)
    assert driver.state.phase is Phase.FAILED
    assert driver.sees("There is no picture to paste.")


def test_address_of_a_web_page_is_refused_with_a_way_out(driver: WindowDriver) -> None:
    mime = QMimeData()
    mime.setUrls([QUrl("https://example.org/slip.png")])
    driver.drop(mime)
    assert driver.sees("That picture is on a web page, not on this computer.")
    assert driver.sees("copy the picture and press Ctrl+V")


def test_failed_open_keeps_the_page_and_its_number(
    driver: WindowDriver, slip: Path, tmp_path: Path
) -> None:
    driver.open(slip)
    (tmp_path / "letter.jpg").write_text("Dear Sir or Madam")
    driver.open(tmp_path / "letter.jpg")
    assert driver.state.phase is Phase.FAILED
    assert driver.sees("letter.jpg: ")
    assert driver.sees("Number 5 6 1 2 4 7")
    assert driver.focus.accessibleName() == "Open another picture"
    driver.press(Qt.Key.Key_Escape)
    assert not driver.sees("letter.jpg: ")
    assert driver.number == "561247"


def test_failed_file_of_several_can_be_skipped(
    driver: WindowDriver, slip: Path, tmp_path: Path
) -> None:
    (tmp_path / "letter.jpg").write_text("Dear Sir or Madam")
    driver.open(tmp_path / "letter.jpg", slip)
    assert driver.state.phase is Phase.FAILED
    driver.press(Qt.Key.Key_Return)
    driver.settle()
    assert driver.state.page_name == "slip.png"


def test_missing_network_leaves_a_front_page_with_reason_and_remedy(
    qtbot: QtBot, tmp_path: Path, slip: Path
) -> None:
    driver = WindowDriver(qtbot, ports_without_network(), tmp_path)
    qtbot.waitUntil(lambda: driver.sees("The network file is missing."))
    assert driver.sees("Install Numberglass again.")
    assert driver.button("Try again").isEnabled()
    assert driver.button("Open picture").isEnabled()
    driver.open(slip)
    assert driver.state.page_name == "slip.png"
    assert driver.sees("slip.png: The network file is missing.")
    driver.close()


def test_page_without_digits_says_so_and_what_to_try(
    driver: WindowDriver, reader: FakeReader, slip: Path
) -> None:
    reader.reading = reading_of()
    driver.open(slip)
    assert driver.sees("No digits were found")
    assert driver.sees(
        "The picture could be opened: 400 × 300 PNG. No handwritten digits were found. Read in "
    )
    assert not driver.sees("Picture OK")
    assert driver.button("Crop").isVisible()


def test_chosen_files_are_opened_and_their_folder_kept(
    driver: WindowDriver, slip: Path, tmp_path: Path
) -> None:
    driver.press_ctrl(Qt.Key.Key_O)
    dialog = driver.window.findChild(QFileDialog)
    assert dialog is not None
    assert dialog.isVisible()
    dialog.filesSelected.emit([str(slip)])
    dialog.reject()
    driver.settle()
    assert driver.number == "561247"
    assert str(slip.parent) in (tmp_path / "settings.json").read_text()


def test_whose_number_is_still_shown_is_said_and_typing_leaves_it_alone(
    driver: WindowDriver, slip: Path, tmp_path: Path
) -> None:
    driver.open(slip)
    driver.press(Qt.Key.Key_Right)
    (tmp_path / "letter.jpg").write_text("Dear Sir or Madam")
    driver.open(tmp_path / "letter.jpg")
    panel = driver.window.workspace.panel
    assert driver.sees("Still shown: slip.png")
    assert panel.veil.isVisible()
    assert not panel.copy_button.isVisible()

    driver.press(Qt.Key.Key_9)
    driver.press(Qt.Key.Key_Delete)
    assert driver.number == "561247"
    driver.press_ctrl(Qt.Key.Key_C)
    assert driver.sees("The number of slip.png is copied.")

    driver.click("Go on with slip.png")
    assert not driver.sees("Still shown")
    assert not panel.veil.isVisible()
    assert driver.focus.accessibleName().startswith("First digit: 5")
    driver.press(Qt.Key.Key_9)
    assert driver.number == "961247"


def test_a_page_without_a_number_is_not_taken_for_the_one_that_failed(
    driver: WindowDriver, reader: FakeReader, slip: Path, tmp_path: Path
) -> None:
    reader.reading = reading_of()
    driver.open(slip)
    (tmp_path / "letter.jpg").write_text("Dear Sir or Madam")
    driver.open(slip, tmp_path / "letter.jpg")
    driver.press(Qt.Key.Key_N)
    driver.settle()
    assert driver.sees("Still shown: slip.png")
    assert driver.sees("It is from before, and no number was found on it.")
    assert driver.sees("letter.jpg · File 2 of 2")
    assert not driver.sees("slip.png · File")

    driver.press(Qt.Key.Key_7)  # may be meant for the other picture
    assert driver.state.number_review is None
    driver.press(Qt.Key.Key_N)
    assert driver.state.tone is not StatusTone.READY

    driver.click("Go on with slip.png")
    assert not driver.sees("Still shown")
    driver.press(Qt.Key.Key_7)
    assert driver.number == "7"


def test_a_click_on_the_greyed_number_goes_on_with_it(
    driver: WindowDriver, slip: Path, tmp_path: Path
) -> None:
    driver.open(slip)
    (tmp_path / "letter.jpg").write_text("Dear Sir or Madam")
    driver.open(tmp_path / "letter.jpg")
    QTest.mouseClick(driver.window.workspace.panel.veil, Qt.MouseButton.LeftButton)
    assert not driver.sees("Still shown")
    assert driver.focus.accessibleName() == "Copy"


def test_the_number_of_a_picture_that_opens_is_not_called_an_old_one(
    driver: WindowDriver, slip: Path, tmp_path: Path
) -> None:
    (tmp_path / "letter.jpg").write_text("Dear Sir or Madam")
    driver.open(tmp_path / "letter.jpg", slip)
    driver.click("Next picture")
    driver.settle()
    assert driver.number == "561247"
    assert not driver.sees("Still shown")
