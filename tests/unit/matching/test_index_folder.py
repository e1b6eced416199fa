"""What is kept of an index on disk: refused when it is not sound, never half replaced."""

import json
import resource
import shutil
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path

import pytest

from crosstie.matching import NameIndex
from crosstie.ontology.errors import InputError, NotFound

ENTITIES = [
    ("nudt", ["National University of Defense Technology", "国防科技大学"]),
    ("cetc28", ["China Electronics Technology Group Corporation 28th Research Institute"]),
    ("acme", ["Acme Trading Company Limited", "Acme"]),
]


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    NameIndex.build(ENTITIES).save(tmp_path / "names.index")
    return tmp_path / "names.index"


def _cut(file: Path) -> None:
    file.write_bytes(file.read_bytes()[:-5])


def _flip_last_byte(file: Path) -> None:
    raw = bytearray(file.read_bytes())
    raw[-1] ^= 0xFF
    file.write_bytes(raw)


def _zero(file: Path) -> None:
    file.write_bytes(bytes(file.stat().st_size))


@pytest.mark.parametrize("damage", [_cut, _flip_last_byte, _zero, Path.unlink])
@pytest.mark.parametrize("name", ["packed-views", "tables-post", "tables-letters", "texts-names"])
def test_a_damaged_index_is_refused(
    folder: Path, name: str, damage: Callable[[Path], None]
) -> None:
    damage(folder / f"{name}.npy")
    with pytest.raises(InputError, match=rf"{name}\.npy.*build it again"):
        NameIndex.open(folder)


def test_a_file_of_another_index_is_refused(folder: Path, tmp_path: Path) -> None:
    NameIndex.build([("other", ["Another Organisation"])]).save(tmp_path / "other")
    shutil.copy(tmp_path / "other" / "tables-post.npy", folder / "tables-post.npy")
    with pytest.raises(InputError, match="build it again"):
        NameIndex.open(folder)


@pytest.mark.parametrize("text", ["", "{", "[]", "null", "{}", '{"format": 3}', "\x00\xff"])
def test_a_list_that_is_none_of_ours_is_refused(folder: Path, text: str) -> None:
    (folder / "index.json").write_text(text, encoding="utf-8")
    with pytest.raises(InputError, match="build it again"):
        NameIndex.open(folder)


def test_an_index_of_an_older_format_is_refused(folder: Path) -> None:
    meta = json.loads((folder / "index.json").read_text(encoding="utf-8"))
    (folder / "index.json").write_text(json.dumps(meta | {"format": 1}), encoding="utf-8")
    with pytest.raises(InputError, match=r"another lexicon or version.*build it again"):
        NameIndex.open(folder)


def test_a_foreign_folder_and_a_file_are_no_index(tmp_path: Path) -> None:
    (tmp_path / "foreign").mkdir()
    (tmp_path / "foreign" / "notes.txt").write_text("not an index", encoding="utf-8")
    with pytest.raises(InputError, match="no name index"):
        NameIndex.open(tmp_path / "foreign")
    with pytest.raises(NotFound, match="build one and save it"):
        NameIndex.open(tmp_path / "foreign" / "notes.txt")


def test_a_full_disk_leaves_the_old_index_intact(folder: Path) -> None:
    larger = NameIndex.build((f"e{n}", [f"Organisation {n} of Place {n}"]) for n in range(3_000))
    soft, hard = resource.getrlimit(resource.RLIMIT_FSIZE)
    # The kernel refuses to write more than this to a file, as it does on a full disk.
    resource.setrlimit(resource.RLIMIT_FSIZE, (20_000, hard))
    try:
        with pytest.raises(OSError, match=r"large|written|requested"):
            larger.save(folder)
    finally:
        resource.setrlimit(resource.RLIMIT_FSIZE, (soft, hard))
    assert [path.name for path in folder.parent.iterdir()] == [folder.name]
    assert NameIndex.open(folder).search("NUDT")[0].id == "nudt"


def test_the_same_names_make_the_same_bytes(tmp_path: Path) -> None:
    code = (
        "import sys; from pathlib import Path; from crosstie.matching import NameIndex\n"
        f"NameIndex.build({ENTITIES!r}).save(Path(sys.argv[1]))"
    )
    for name in ("one", "two"):
        subprocess.run([sys.executable, "-c", code, str(tmp_path / name)], check=True)
    one, two = (
        {path.name: path.read_bytes() for path in (tmp_path / name).iterdir()}
        for name in ("one", "two")
    )
    assert one == two


def test_two_processes_open_one_index(folder: Path) -> None:
    code = (
        "import sys; from pathlib import Path; from crosstie.matching import NameIndex\n"
        "index = NameIndex.open(Path(sys.argv[1])); print('open', flush=True)\n"
        "sys.stdin.readline(); print(index.search('NUDT')[0].id)"
    )
    command = [sys.executable, "-c", code, str(folder)]
    with (
        subprocess.Popen(command, stdin=-1, stdout=-1, text=True) as one,
        subprocess.Popen(command, stdin=-1, stdout=-1, text=True) as two,
    ):
        for process in (one, two):
            assert process.stdout is not None
            assert process.stdout.readline() == "open\n"
        # An index that is replaced while others have it open stays open to them.
        NameIndex.build([("new", ["New Organisation"])]).save(folder)
        assert [process.communicate("go\n")[0] for process in (one, two)] == ["nudt\n", "nudt\n"]
    assert NameIndex.open(folder).search("New Organisation")[0].id == "new"


def test_an_empty_index_is_kept_too(tmp_path: Path) -> None:
    NameIndex.build([]).save(tmp_path / "empty")
    opened = NameIndex.open(tmp_path / "empty")
    assert len(opened) == 0
    assert opened.search_many(["Acme", ""]) == [[], []]
