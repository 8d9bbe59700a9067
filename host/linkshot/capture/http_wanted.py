"""What a capture over HTTP still has to fetch, and for whom; fonts last, when all characters are known."""

from __future__ import annotations

import msgspec

from linkshot.page.css import css_references
from linkshot.page.font_faces import FontFace, code_points, font_faces, spared_fonts
from linkshot.page.urls import resolve, without_fragment


class Asker(msgspec.Struct, frozen=True):
    """The document or sheet that wants something: its address and its encoding, which sheets inherit."""

    url: str
    encoding: str


class Wanted:
    """Addresses in the order in which they were met, each with who asked for it first."""

    def __init__(self) -> None:
        """Nothing is wanted yet."""
        self.askers: dict[str, Asker] = {}
        self.fonts: set[str] = set()
        self._taken: set[str] = set()
        self._faces: list[FontFace] = []
        self._characters: set[int] = set()

    def add(self, url: str, asker: Asker) -> None:
        """Want an address, where it is one that can be fetched."""
        if url.startswith(("http:", "https:", "file:")):
            self.askers.setdefault(url, asker)

    def add_text(self, text: str) -> None:
        """Characters that the page shows, or may."""
        self._characters |= code_points(text)

    def add_sheet(self, text: str, base_url: str, asker: Asker) -> None:
        """Want all that a style sheet refers to."""
        for reference in dict.fromkeys(css_references(text)):
            target = without_fragment(resolve(base_url, reference.url) or "")
            if reference.kind == "font":
                self.fonts.add(target)
            self.add(target, asker)
        self.add_faces(text, base_url)

    def add_faces(self, text: str, base_url: str) -> None:
        """Know the fonts of a style sheet, and the characters that it puts into the page."""
        for face in font_faces(text):
            absolute = {
                url: without_fragment(resolve(base_url, url) or "") for url in face.addresses
            }
            chosen = absolute[face.chosen] if face.chosen else None
            self._faces.append(FontFace(list(absolute.values()), chosen, face.ranges))
            self.fonts.update(absolute.values())
        if "content" in text:
            self.add_text(text)

    def take(self) -> list[str]:
        """What was not taken yet; fonts that the page needs once there is nothing else."""
        left = [url for url in self.askers if url not in self._taken]
        found = [url for url in left if url not in self.fonts]
        if not found and left:
            spared = spared_fonts(self._faces, self._characters)
            found = [url for url in left if url not in spared]
            self._taken.update(left)
        self._taken.update(found)
        return found


class Noting:
    """Notes each address that a document asks for, and answers that there is nothing."""

    def __init__(self, wanted: Wanted, asker: Asker) -> None:
        """Note into `wanted`."""
        self._wanted = wanted
        self._asker = asker

    def __call__(self, url: str) -> str | None:
        """Note an absolute address without fragment."""
        self._wanted.add(url, self._asker)
        return None
