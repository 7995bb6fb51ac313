from __future__ import annotations

from pathlib import Path

import pytest

from models.ner_names import read_names


def write_lists(folder: Path) -> None:
    lists = {
        "anergazet_pers.txt": "جون كيري\nعلى\n",
        "anergazet_loc.txt": "====\nإيطاليا\nكيري\nمن\n",
        "anergazet_org.txt": "الشرق الأوسط\n",
        "countries.ar.tsv": "common\tofficial\tcca2\nمصر\tجمهورية مصر العربية\tEG\n",
    }
    for name, text in lists.items():
        (folder / name).write_text(text, encoding="utf-8")
    (folder / "given_names.csv").write_text("gender,name\nأنثى,ديانا\n", encoding="utf-8-sig")


def test_every_word_of_a_name_is_in_the_lists_that_hold_it(tmp_path: Path) -> None:
    write_lists(tmp_path)
    names = read_names(tmp_path)
    assert names["كيري"] == {"persons", "places"}
    assert names["علي"] == {"persons"}
    assert names["ايطاليا"] == {"places"}
    assert names["الاوسط"] == {"organisations"}
    assert names["جمهوريه"] == {"places"}
    assert names["ديانا"] == {"given names"}


def test_genders_codes_and_particles_are_no_names(tmp_path: Path) -> None:
    write_lists(tmp_path)
    assert not {"انثي", "من", "EG", "eg", "===="} & set(read_names(tmp_path))


def test_a_missing_list_is_an_error(tmp_path: Path) -> None:
    with pytest.raises(FileNotFoundError):
        read_names(tmp_path)
