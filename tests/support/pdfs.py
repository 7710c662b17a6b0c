"""PDF documents written by hand, page by page, for what no program would write by itself."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

if TYPE_CHECKING:
    from collections.abc import Sequence


def pdf_of(
    *contents: bytes,
    media_box: str = "0 0 144 72",
    page_extra: str = "",
    objects: Sequence[bytes] = (),
    trailer_extra: str = "",
) -> bytes:
    """A document with one page for each stream of drawing commands.

    Args:
        contents: PDF's drawing commands, such as b"10 10 30 30 re f".
        media_box: Left, bottom, right and top of every page, in points.
        page_extra: Further entries of every page's dictionary; objects begin at number 10.
        objects: Further objects, from number 10 on.
        trailer_extra: Further entries of the document's trailer.
    """
    first = 10 + len(objects)
    pages = range(first, first + 2 * len(contents), 2)
    kids = " ".join(f"{number} 0 R" for number in pages)
    body: dict[int, bytes] = {
        1: b"<</Type/Catalog/Pages 2 0 R>>",
        2: f"<</Type/Pages/Kids[{kids}]/Count {len(contents)}>>".encode(),
    }
    body.update(enumerate(objects, start=10))
    for number, content in zip(pages, contents, strict=True):
        body[number] = (
            f"<</Type/Page/Parent 2 0 R/MediaBox[{media_box}]/Contents {number + 1} 0 R "
            f"{page_extra}>>"
        ).encode()
        body[number + 1] = stream(content)
    return _assembled(body, trailer_extra)


def stream(data: bytes, entries: str = "") -> bytes:
    """An object that holds data, with those entries in its dictionary."""
    return f"<<{entries}/Length {len(data)}>>stream\n".encode() + data + b"\nendstream"


def _assembled(body: dict[int, bytes], trailer_extra: str) -> bytes:
    data = bytearray(b"%PDF-1.7\n%\xe2\xe3\xcf\xd3\n")
    places = {}
    for number, content in body.items():
        places[number] = len(data)
        data += f"{number} 0 obj\n".encode() + content + b"\nendobj\n"
    table = len(data)
    data += f"xref\n0 {max(body) + 1}\n".encode()
    for number in range(max(body) + 1):
        is_used = number in places
        data += f"{places.get(number, 0):010} {0 if is_used else 65535:05} ".encode()
        data += b"n \n" if is_used else b"f \n"
    data += f"trailer<</Size {max(body) + 1}/Root 1 0 R{trailer_extra}>>\n".encode()
    return bytes(data + f"startxref\n{table}\n%%EOF\n".encode())


# Locked by the password "1234", with the oldest of PDF's standard handlers (RC4, 40 bits).
LOCKED_PDF: Final = pdf_of(
    b"",
    objects=[
        b"<</Filter/Standard/V 1/R 2/P -4"
        b"/O<bfbf026c96a99a2346a94121068cad4f835e5d0ecbb620a8b7a316133c8f0291>"
        b"/U<71723a2c5ae55eacbfea3473e33bcc356ebe10ddd379ad874749953a3b204c18>>>"
    ],
    trailer_extra="/Encrypt 10 0 R/ID[<30313233343536373839616263646566>"
    "<30313233343536373839616263646566>]",
)
