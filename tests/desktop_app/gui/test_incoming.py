from __future__ import annotations

import base64
from pathlib import Path
from typing import TYPE_CHECKING

import numpy as np
import pytest
from PySide6.QtCore import QMimeData, Qt, QUrl
from PySide6.QtGui import QColor, QGuiApplication, QImage

from desktop_app.capture import folder_opening
from desktop_app.gui.incoming import PastedImage, Refusal, Unsorted, pictures_from
from model.cancel import CancelToken
from model.errors import PictureError
from tests.support.fakes import save_picture
from tests.support.pictures import encode, sketch

if TYPE_CHECKING:
    from desktop_app.capture.folder_ledger import Stamp
    from tests.support.window_driver import WindowDriver


def _drawing(ground: QColor, ink: QColor) -> QImage:
    """33 px wide, so that Qt fills up its rows; a bar of ink in the middle."""
    image = QImage(33, 20, QImage.Format.Format_ARGB32)
    image.fill(ground)
    for x in range(14, 18):
        for y in range(4, 16):
            image.setPixelColor(x, y, ink)
    return image


@pytest.mark.parametrize("ink", ["white", "black"])
def test_strokes_on_a_transparent_ground_stay_readable(ink: str) -> None:
    page = PastedImage(_drawing(QColor(0, 0, 0, 0), QColor(ink))).to_page()

    assert page.pixels.shape == (20, 33, 3)
    assert abs(int(page.pixels[10, 15, 0]) - int(page.pixels[0, 0, 0])) == 255


def test_pixels_keep_their_colours_and_places() -> None:
    image = _drawing(QColor(200, 180, 160), QColor(10, 20, 30)).convertToFormat(
        QImage.Format.Format_RGB32
    )

    page = PastedImage(image).to_page()

    assert page.pixels[0, 0].tolist() == [200, 180, 160]
    assert page.pixels[10, 15].tolist() == [10, 20, 30]
    assert np.count_nonzero((page.pixels == [10, 20, 30]).all(axis=2)) == 4 * 12


def _mime(**data: bytes) -> QMimeData:
    """What another program offers, by its types with the slash as two underscores."""
    mime = QMimeData()
    for kind, content in data.items():
        mime.setData(kind.replace("__", "/").replace("_", "-"), content)
    return mime


def _names(mime: QMimeData, *, pasted: bool = True) -> list[str]:
    offered = pictures_from(mime, pasted=pasted)
    assert isinstance(offered, tuple), offered
    return [picture.name for picture in offered]


PNG = encode(sketch(), "PNG")
DATA_ADDRESS = f"data:image/png;base64,{base64.b64encode(PNG).decode()}"


def test_pixels_are_taken() -> None:
    mime = QMimeData()
    mime.setImageData(_drawing(QColor("white"), QColor("black")))
    offered = pictures_from(mime, pasted=True)
    assert isinstance(offered, tuple)
    assert isinstance(offered[0].source, PastedImage)
    assert offered[0].name == "Pasted picture"


def test_several_files_keep_their_order_and_names() -> None:
    mime = QMimeData()
    names = ["b 10.png", "a.jpg", "ü 2.tif"]
    mime.setUrls([QUrl.fromLocalFile(f"/scans/{name}") for name in names])
    assert _names(mime) == names


@pytest.mark.parametrize(
    "mime",
    [
        _mime(text__uri_list=b"file:///scans/a%201.png\r\nfile:///scans/b.jpg\r\n"),
        _mime(x_special__gnome_copied_files=b"copy\nfile:///scans/a%201.png\nfile:///scans/b.jpg"),
        _mime(x_special__gnome_copied_files=b"cut\nfile:///scans/a%201.png\nfile:///scans/b.jpg\n"),
        _mime(
            text__plain=b"x-special/nautilus-clipboard\ncopy\nfile:///scans/a%201.png\n"
            b"file:///scans/b.jpg\n"
        ),
        _mime(text__plain=b'"/scans/a 1.png"\n"/scans/b.jpg"'),
    ],
    ids=["uri-list", "gnome copy", "gnome cut", "gnome text", "copied as path"],
)
def test_files_are_found_whichever_way_they_are_offered(mime: QMimeData) -> None:
    offered = pictures_from(mime, pasted=True)
    assert isinstance(offered, tuple)
    assert [picture.source for picture in offered] == [Path("/scans/a 1.png"), Path("/scans/b.jpg")]


def test_a_file_goes_before_the_drawing_of_its_icon() -> None:
    mime = QMimeData()
    mime.setUrls([QUrl.fromLocalFile("/scans/slip.png")])
    mime.setImageData(_drawing(QColor("white"), QColor("black")))
    assert _names(mime) == ["slip.png"]


def test_a_picture_from_a_browser_is_its_data_not_its_address() -> None:
    mime = _mime(
        text__uri_list=b"https://bank.example/slip.png\r\n",
        text__html=b'<img src="https://bank.example/slip.png">',
        image__png=PNG,
    )
    (picture,) = pictures_from(mime, pasted=False)  # type: ignore[misc]
    assert picture.source == PNG
    assert picture.name == "Dropped picture"


@pytest.mark.parametrize(
    "mime",
    [
        _mime(text__uri_list=DATA_ADDRESS.encode()),
        _mime(text__html=f'<meta charset="utf-8"><img alt="a" src="{DATA_ADDRESS}">'.encode()),
        _mime(
            text__uri_list=b"https://bank.example/page",
            text__html=f"<p><IMG width=3 SRC = '{DATA_ADDRESS}'/></p>".encode(),
        ),
    ],
    ids=["data address", "html", "html beside an address"],
)
def test_a_picture_within_a_web_page_is_taken_out_of_it(mime: QMimeData) -> None:
    (picture,) = pictures_from(mime, pasted=False)  # type: ignore[misc]
    assert picture.source == PNG


@pytest.mark.parametrize(
    ("mime", "title"),
    [
        (_mime(text__plain=b"561247"), "There is no picture to paste."),
        (_mime(text__plain=b"slip.png"), "There is no picture to paste."),
        (_mime(text__html=b"<b>561247</b>"), "There is no picture to paste."),
        (_mime(), "There is no picture to paste."),
        (_mime(text__html=b'<img src="data:image/png;base64,">'), "There is no picture to paste."),
        (_mime(text__uri_list=b"https://bank.example/a.png"), "That picture is on a web page"),
    ],
)
def test_what_holds_no_picture_is_refused_in_words(mime: QMimeData, title: str) -> None:
    offered = pictures_from(mime, pasted=True)
    assert isinstance(offered, Refusal)
    assert offered.title.startswith(title)
    assert offered.hint


def test_a_path_that_may_be_a_folder_is_left_to_be_looked_at() -> None:
    mime = QMimeData()
    mime.setUrls([QUrl.fromLocalFile("/scans"), QUrl.fromLocalFile("/other/a.png")])
    assert pictures_from(mime, pasted=False) == Unsorted((Path("/scans"), Path("/other/a.png")))


def test_a_dropped_folder_gives_its_pictures_as_people_count(
    driver: WindowDriver, tmp_path: Path
) -> None:
    folder = tmp_path / "Scans"
    folder.mkdir()
    for name in ("scan10.png", "scan2.png", "scan1.png"):
        save_picture(folder / name)
    (folder / "notes.txt").write_text("no picture")
    (folder / "inner").mkdir()
    save_picture(folder / "inner" / "deep.png")

    driver.drop_files(folder, save_picture(tmp_path / "last.png"))

    driver.qtbot.waitUntil(lambda: driver.number == "561247")
    names = [picture.name for picture in driver.state.queue.pictures]
    assert names == ["scan1.png", "scan2.png", "scan10.png", "last.png"]


def test_a_folder_without_pictures_says_so_and_keeps_the_page(
    driver: WindowDriver, slip: Path, tmp_path: Path
) -> None:
    driver.open(slip)
    folder = tmp_path / "Letters"
    folder.mkdir()
    (folder / "letter.txt").write_text("Dear Sir or Madam")

    driver.drop_files(folder)

    driver.qtbot.waitUntil(
        lambda: driver.sees("There is no picture in the folder Letters."), timeout=3000
    )
    assert driver.sees("drop the one that holds the pictures")
    assert driver.number == "561247"


def test_what_was_dropped_and_is_gone_is_said(driver: WindowDriver, tmp_path: Path) -> None:
    driver.drop_files(tmp_path / "gone")
    driver.qtbot.waitUntil(lambda: driver.sees("gone: This file does not exist."))


def test_a_closed_folder_is_said(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    def refuse(_folder: Path) -> dict[str, Stamp]:
        raise PermissionError(13, "Permission denied")

    monkeypatch.setattr(folder_opening, "list_folder", refuse)
    with pytest.raises(PictureError, match="permission to look into the folder"):
        folder_opening.files_of([tmp_path], CancelToken())


def test_pasted_files_of_the_clipboard_are_read(driver: WindowDriver, slip: Path) -> None:
    mime = QMimeData()
    mime.setData("x-special/gnome-copied-files", f"copy\n{slip.as_uri()}".encode())
    QGuiApplication.clipboard().setMimeData(mime)
    driver.press_ctrl(Qt.Key.Key_V)
    driver.settle()
    assert driver.state.page_name == "slip.png"
    assert "Paste picture" in [action.text() for action in driver.window.actions()]
