import pytest

from transforms import precision
from transforms.precision import precision_of


@pytest.mark.parametrize(
    ("flags", "expected"),
    [
        ("flags : fpu avx2 avx512_bf16 amx_tile", "bfloat16"),
        ("flags : fpu amx_bf16", "bfloat16"),
        ("flags : fpu avx2 avx512f", "float32"),
        ("", "float32"),
    ],
)
def test_auto_is_bfloat16_where_the_processor_is_made_for_it(
    flags, expected, tmp_path, monkeypatch
):
    (tmp_path / "cpuinfo").write_text(flags)
    monkeypatch.setattr(precision, "_PROCESSOR", tmp_path / "cpuinfo")
    assert precision_of("auto") == expected


def test_auto_is_float32_where_nothing_tells_of_the_processor(tmp_path, monkeypatch):
    monkeypatch.setattr(precision, "_PROCESSOR", tmp_path / "none")
    assert precision_of("auto") == "float32"


@pytest.mark.parametrize("wanted", ["float32", "bfloat16"])
def test_what_is_named_is_taken(wanted):
    assert precision_of(wanted) == wanted
