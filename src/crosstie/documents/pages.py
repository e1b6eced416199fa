"""What a reader of one file format hands on: the page's text and what its metadata says."""

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Page:
    """A page's text, its metadata, and what its markup tells of the layout.

    `headings` are the offsets of lines that are headings, `starts` the offsets where the markup
    itself begins an article; both may be empty. `begins` is where the text proper begins, behind
    a Markdown file's front matter. `date` is when the page says it was published, `made` when the
    file was made, both partial ISO.
    """

    text: str
    title: str = ""
    date: str | None = None
    made: str | None = None
    publisher: str | None = None
    url: str | None = None
    language: str | None = None
    headings: tuple[int, ...] = ()
    starts: tuple[int, ...] = ()
    begins: int = 0


class PageWriter:
    """Put a page's text together piece by piece, and keep where each piece begins."""

    def __init__(self, *, limit: int) -> None:
        self._pieces: list[str] = []
        self._length = 0
        self._limit = limit
        self.headings: list[int] = []
        self.starts: list[int] = []

    @property
    def full(self) -> bool:
        """Tell whether the text has passed its limit."""
        return self._length > self._limit

    def line(self, text: str, *, heading: bool = False, begins: bool = False) -> None:
        """Add one line; a heading stands between blank lines."""
        if not text:
            return
        if heading:
            self.gap()
        if heading:
            self.headings.append(self._length)
        if begins:
            self.starts.append(self._length)
        self._add(text)
        self._add("\n")
        if heading:
            self.gap()

    def gap(self) -> None:
        """Leave one blank line, unless there is one already or nothing stands above."""
        if self._pieces and self._pieces[-2:] != ["\n", "\n"]:
            self._add("\n")

    def below(self, title: str) -> "PageWriter":
        """Return a copy that begins with a title line."""
        page = PageWriter(limit=self._limit)
        page.line(" ".join(title.split()), heading=True)
        shift = page._length
        page._pieces += self._pieces
        page._length += self._length
        page.headings += [offset + shift for offset in self.headings]
        page.starts += [offset + shift for offset in self.starts]
        return page

    def text(self) -> str:
        """Return what was written, without the blank space at its end."""
        return "".join(self._pieces).rstrip()

    def _add(self, piece: str) -> None:
        self._pieces.append(piece)
        self._length += len(piece)
