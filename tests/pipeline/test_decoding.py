import contextlib
import os

import pytest
from hypothesis import given
from hypothesis import strategies as st

from pipeline.decoding import decode
from transforms.shards import RejectedArticleError

ARABIC = "قال وزير الخارجية الروسي سيرغي لافروف الجمعة إن موسكو تتوقع إنجاز عملية تحرير تدمر.\n"


@pytest.mark.parametrize("codec", ["utf-8-sig", "utf-16", "utf-32"])
def test_byte_order_mark_is_believed_and_not_part_of_the_text(codec):
    decoded = decode(ARABIC.encode(codec))
    assert decoded.text == ARABIC
    assert (decoded.encoding_source, decoded.confidence) == ("bom", 1.0)


def test_valid_utf8_is_utf8():
    assert decode(ARABIC.encode()) == (ARABIC, "utf-8", "valid", 1.0)


@pytest.mark.parametrize(
    ("codec", "name"),
    [
        ("cp1256", "windows-1256"),
        ("iso8859_6", "iso-8859-6"),
        ("utf_16_le", "utf-16-le"),
        ("utf_16_be", "utf-16-be"),
    ],
)
@pytest.mark.parametrize("times", [1, 50])
def test_encoding_is_detected_with_a_confidence(codec, name, times):
    decoded = decode((ARABIC * times).encode(codec))
    assert decoded.text == ARABIC * times
    assert (decoded.encoding, decoded.encoding_source) == (name, "detected")
    assert 0 < decoded.confidence <= 1


def test_utf8_with_a_few_broken_bytes_stays_utf8():
    decoded = decode((ARABIC * 2).encode() + b"\xff" + (ARABIC * 2).encode())
    assert (decoded.encoding, decoded.encoding_source) == ("utf-8", "damaged")
    assert decoded.text.count("\ufffd") == 1
    assert 0.98 < decoded.confidence < 1


def test_utf8_cut_in_the_middle_of_a_character_stays_utf8():
    assert decode(ARABIC.encode()[:-3]).encoding_source == "damaged"


def test_setting_is_believed_against_all_evidence():
    assert decode("é".encode("latin-1"), "latin-1") == ("é", "latin-1", "setting", 1.0)


def test_text_in_another_encoding_than_the_setting_is_undecodable():
    with pytest.raises(RejectedArticleError) as caught:
        decode(ARABIC.encode("cp1256"), "utf-8")
    assert caught.value.reason == "undecodable"


@pytest.mark.parametrize(
    "data",
    [b"\x89PNG\r\n\x1a\n" + bytes(range(256)) * 9, b"\0" * 500, b"PK\x03\x04" + bytes(300)],
    ids=["png", "zeros", "zip"],
)
def test_what_is_not_text_is_binary(data):
    with pytest.raises(RejectedArticleError) as caught:
        decode(data)
    assert caught.value.reason == "binary"


def test_random_bytes_are_binary():
    with pytest.raises(RejectedArticleError):
        decode(os.urandom(5000))


@given(st.binary(max_size=300))
def test_any_bytes_are_decoded_or_rejected(data):
    with contextlib.suppress(RejectedArticleError):
        decoded = decode(data)
        assert 0 <= decoded.confidence <= 1
        decoded.text.encode()
