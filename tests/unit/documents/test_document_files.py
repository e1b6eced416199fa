from pathlib import Path

import pytest

from crosstie.documents import MAX_BYTES, document_bytes, find_documents
from crosstie.ontology.errors import DocumentRefused, NotFound


def names(*paths: Path) -> list[str]:
    return [path.name for path in find_documents(paths)]


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    for name in ("b.txt", "a.pdf", "z/c.html", "z/strange.xyz", ".hidden.txt", ".git/x.txt",
                 "~$a.docx", ".~lock.b.txt#", "half.pdf.part", "Thumbs.db"):  # fmt: skip
        path = tmp_path / name
        path.parent.mkdir(exist_ok=True)
        path.write_text("x")
    return tmp_path


def test_folder_gives_its_files_in_order_without_leftovers(folder: Path) -> None:
    assert names(folder) == ["a.pdf", "b.txt", "c.html", "strange.xyz"]


def test_file_that_is_named_outright_comes_even_if_hidden(folder: Path) -> None:
    assert names(folder / ".hidden.txt") == [".hidden.txt"]


def test_each_file_comes_once(folder: Path) -> None:
    assert names(folder / "b.txt", folder, folder / "z") == [
        "b.txt", "a.pdf", "c.html", "strange.xyz"
    ]  # fmt: skip


def test_links_in_a_circle_are_walked_once(folder: Path) -> None:
    (folder / "z" / "up").symlink_to(folder, target_is_directory=True)
    (folder / "again.txt").symlink_to(folder / "b.txt")
    assert names(folder) == ["a.pdf", "again.txt", "c.html", "strange.xyz"]


def test_dangling_link_is_passed_over(folder: Path) -> None:
    (folder / "gone.txt").symlink_to(folder / "nowhere.txt")
    assert "gone.txt" not in names(folder)


def test_path_that_is_not_there_is_an_error(tmp_path: Path) -> None:
    with pytest.raises(NotFound, match="absent"):
        names(tmp_path / "absent")


def test_file_over_the_limit_is_refused_before_it_is_read(tmp_path: Path) -> None:
    path = tmp_path / "big.txt"
    with path.open("wb") as file:
        file.truncate(MAX_BYTES + 1)
    with pytest.raises(DocumentRefused, match=r"big\.txt.*limit") as caught:
        document_bytes(path)
    assert caught.value.reason == "huge"


def test_file_that_vanished_is_refused(tmp_path: Path) -> None:
    with pytest.raises(DocumentRefused) as caught:
        document_bytes(tmp_path / "gone.txt")
    assert caught.value.reason == "unreadable"
