"""Files that are damaged, mistaken or meant to harm: one clear error or a row set aside."""

import gzip
import random
import re
import zipfile

import pytest

from crosstie.ontology.errors import CrosstieError, InputError, NotFound
from crosstie.sources import SOURCES, files, find_source

READERS = [r.source.id for r in SOURCES if r.source.id != "starter"]
HOSTILE = {
    "html": b"<!DOCTYPE html><html><head><title>404</title></head><body>gone</body></html>",
    "noise": bytes(range(256)) * 40,
    "open brace": b"{",
    "deep": b"[" * 100_000,
    "null": b"null",
    "number": b"12",
    "empty object": b"{}",
    "empty list": b"[]",
    "list of numbers": b"[1, 2, 3]",
    "nul bytes": b"\0" * 4096,
    "one line": b"name",
    "quote never closed": b'name,country\n"Lantian',
    "pdf": b"%PDF-1.7\n%\xe2\xe3\xcf\xd3\n",
    "half gzip": gzip.compress(b"name,country\n" * 10_000)[:60],
    "half zip": b"PK\x03\x04" + b"\0" * 30,
    "xml": b'<?xml version="1.0"?><sanctionsData><entities><entity id="1">',
}


@pytest.mark.parametrize("source_id", READERS)
@pytest.mark.parametrize("kind", sorted(HOSTILE))
def test_no_source_meets_a_foreign_file_with_anything_but_a_clear_error(
    source_id, kind, lists, tmp_path
):
    path = tmp_path / "file"
    path.write_bytes(HOSTILE[kind])
    mapping = lists / "partners.yaml" if source_id == "table" else None
    with pytest.raises(CrosstieError) as caught:
        list(find_source(source_id).read(path, as_of="2030", mapping=mapping).rows)
    assert "\n" not in str(caught.value)


@pytest.mark.parametrize("source_id", READERS)
def test_an_empty_missing_or_foldered_file_is_named(source_id, lists, tmp_path):
    mapping = lists / "partners.yaml" if source_id == "table" else None
    empty = tmp_path / "empty.csv"
    empty.write_bytes(b"")
    for path, error in ((empty, InputError), (tmp_path / "no", NotFound), (tmp_path, InputError)):
        with pytest.raises(error):
            find_source(source_id).read(path, as_of="2030", mapping=mapping)


def test_a_header_alone_is_a_list_without_rows(read, lists, tmp_path):
    header = (lists / "csl_official_2030-01-15.csv").read_text("utf-8").splitlines()[0]
    path = tmp_path / "csl_2030-01.csv"
    path.write_text(header + "\n", "utf-8")
    found = read("us-csl", path)
    assert (found.total, found.records) == (0, [])


def test_a_byte_order_mark_changes_nothing(read, lists, tmp_path):
    for name in ("csl_official_2030-01-15.csv", "csl_lines_2030-01-15.jsonl", "csl_compact.json"):
        plain = read("us-csl", lists / name)
        marked = tmp_path / name
        marked.write_bytes(b"\xef\xbb\xbf" + (lists / name).read_bytes())
        found = read("us-csl", marked)
        assert [r.document.id for r in found.rows] == [r.document.id for r in plain.rows]


def test_a_cell_of_ten_megabytes_is_read_as_it_is(read, lists, tmp_path):
    text = (lists / "csl_official_2030-01-15.csv").read_text("utf-8")
    huge = "x" * 10_000_000
    path = tmp_path / "csl_2030-01.csv"
    path.write_text(text.replace("1 Test Road", huge), "utf-8")
    found = read("us-csl", path)
    assert len(found.row(1).document.text) > 10_000_000


def test_a_row_with_a_nul_character_is_set_aside(read, lists, tmp_path):
    text = (lists / "csl_official_2030-01-15.csv").read_text("utf-8")
    path = tmp_path / "csl_2030-01.csv"
    path.write_text(text.replace("Beihe Institute", "Beihe\0Institute"), "utf-8")
    found = read("us-csl", path)
    assert found.aside[1].reason == "a value holds a NUL character"
    assert len(found.rows) == 5


def test_bytes_that_are_not_utf_8_are_read_in_their_encoding(read, lists, tmp_path):
    text = (lists / "csl_official_2030-01-15.csv").read_text("utf-8")
    path = tmp_path / "csl_2030-01.csv"
    path.write_bytes(text.replace("Beihe Institute", "Béihé Instítute").encode("cp1252"))
    assert "Béihé Instítute of Rockets" in read("us-csl", path).names(1)


def test_a_gzip_that_swells_a_thousandfold_is_refused(tmp_path):
    path = tmp_path / "bomb_2030-01.csv.gz"
    path.write_bytes(gzip.compress(b"\0" * 200_000_000, compresslevel=9))
    with pytest.raises(InputError, match="far larger than"):
        find_source("us-csl").read(path)


def test_a_zip_that_swells_a_thousandfold_is_refused(tmp_path):
    path = tmp_path / "bomb.zip"
    with zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr("CONS_ENHANCED.XML", "<sanctionsData>" + " " * 200_000_000)
    with pytest.raises(InputError, match="far larger than"):
        find_source("ofac-nonsdn").read(path)


def test_a_zip_of_many_files_without_a_list_is_refused(tmp_path):
    path = tmp_path / "many.zip"
    with zipfile.ZipFile(path, "w") as archive:
        archive.writestr("a.txt", "a")
        archive.writestr("b.txt", "b")
    with pytest.raises(InputError, match="none is JSON, XML or CSV"):
        files.head_of(path)


def test_nothing_is_unpacked_to_disk(tmp_path):
    path = tmp_path / "slip.zip"
    with zipfile.ZipFile(path, "w") as archive:
        archive.writestr("../../slipped.json", "[]")
    assert files.head_of(path) == b"[]"
    assert sorted(p.name for p in tmp_path.iterdir()) == ["slip.zip"]
    assert not (tmp_path.parent.parent / "slipped.json").exists()


FIXTURES = {
    "csl_compact.json": "us-csl",
    "csl_lines_2030-01-15.jsonl": "us-csl",
    "csl_official_2030-01-15.csv": "us-csl",
    "tracker.json": "china-defence-universities",
    "schools.csv": "cn-schools",
    "end_users.json": "meti-eul",
    "notices.json": "mofcom",
    "registry.jsonl": "ror",
    "works.jsonl": "openalex",
    "items.jsonl": "wikidata",
    "entities.ftm.jsonl": "ftm",
    "consolidated.xml": "ofac-nonsdn",
    "partners.csv": "table",
}
_STRANGE = ["null", "7", "[]", "{}", '""', '"(a.k.a. )"', "[null]", '"\\u0000"', '{"a": 1}', "（"]


@pytest.mark.parametrize("name", FIXTURES)
def test_a_list_changed_at_random_is_read_or_refused_clearly(name, lists, tmp_path):
    whole = (lists / name).read_bytes()
    mapping = lists / "partners.yaml" if name == "partners.csv" else None
    path = tmp_path / name
    for seed in range(60):
        chance = random.Random(f"{name} {seed}")
        raw = bytearray(whole)
        at = chance.randrange(len(raw))
        change = seed % 4
        if change == 0:
            raw[at] = chance.randrange(256)
        elif change == 1:
            del raw[at : at + chance.randrange(1, 60)]
        elif change == 2:
            raw[at:at] = raw[at : at + chance.randrange(1, 200)]
        else:
            values = list(re.finditer(rb'"[^"\n]{0,60}"|\bnull\b', whole))
            if values:
                value = chance.choice(values)
                raw[value.start() : value.end()] = chance.choice(_STRANGE).encode()
        path.write_bytes(raw)
        try:
            list(find_source(FIXTURES[name]).read(path, as_of="2030", mapping=mapping).rows)
        except CrosstieError as error:
            assert "\n" not in str(error), seed
