import numpy as np
import pytest

from pipeline.morphology import convert
from tests.databases import database_of_2020, stems
from transforms.lexicon_tables import (
    load_tables,
    read_database,
    table_bytes,
    tables_are_made,
    tables_path,
)


@pytest.fixture
def database(tmp_path):
    (tmp_path / "catalogue.json").write_text('{"version": "", "packages": {}, "components": {}}')
    (tmp_path / "tiny.db").write_text(convert(database_of_2020()))
    return tmp_path / "tiny.db"


def same(one, other):
    return all(
        (a == b).all() if isinstance(a, np.ndarray) else a == b
        for a, b in zip(flat(one), flat(other), strict=True)
    )


def flat(tables):
    for part in tables:
        yield from part.values() if isinstance(part, dict) else [part]


def test_tables_from_their_file_are_those_of_the_database(database):
    tables_path(database).write_bytes(table_bytes(database))
    assert tables_are_made(database)
    assert same(load_tables(database), read_database(database))


def test_the_same_database_gives_the_same_bytes(database):
    assert table_bytes(database) == table_bytes(database)


def test_entries_of_a_form_lie_together(database):
    tables = read_database(database)
    place = tables.forms["stem"].index("كتاب")
    first, end = tables.starts["stem"][place : place + 2]
    lemmas = tables.values[first:end, 1]
    assert [tables.strings[number] for number in lemmas] == ["كِتاب", "كاتِب"]


def test_tables_of_another_database_are_not_used(database):
    tables_path(database).write_bytes(table_bytes(database))
    database.write_text(convert(database_of_2020(stems()[:1] + stems()[-1:])))
    assert not tables_are_made(database)
    assert len(load_tables(database).forms["stem"]) == 2


@pytest.mark.parametrize("content", [b"", b"ARROW1", b"not a table"])
def test_a_damaged_file_of_tables_is_not_used(database, content):
    tables_path(database).write_bytes(content)
    assert not tables_are_made(database)
    assert same(load_tables(database), read_database(database))
