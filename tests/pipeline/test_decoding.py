import codecs
import contextlib
import os

import pytest
from hypothesis import given
from hypothesis import strategies as st

from pipeline import encoding_labels
from pipeline.decoding import decode
from transforms.shards import RejectedArticleError

ARABIC = "قال وزير الخارجية الروسي سيرغي لافروف الجمعة إن موسكو تتوقع إنجاز عملية تحرير تدمر.\n"


@pytest.mark.parametrize("codec", ["utf-8-sig", "utf-16", "utf-32"])
def test_byte_order_mark_is_believed_and_not_part_of_the_text(codec):
    decoded = decode(ARABIC.encode(codec))
    assert decoded.text == ARABIC
    assert (decoded.encoding_source, decoded.confidence) == ("bom", 1.0)


def test_valid_utf8_is_utf8():
    assert decode(ARABIC.encode()) == (ARABIC, "utf-8", "valid", 1.0, ("valid: utf-8",))


@pytest.mark.parametrize(
    ("codec", "name"),
    [
        ("cp1256", "windows-1256"),
        ("iso8859_6", "iso-8859-6"),
        ("utf_16_le", "utf-16-le"),
        ("utf_16_be", "utf-16-be"),
        ("cp720", "cp720"),
    ],
)
@pytest.mark.parametrize("times", [1, 500])
def test_encoding_is_detected_with_a_confidence(codec, name, times):
    decoded = decode((ARABIC * times).encode(codec))
    assert decoded.text == ARABIC * times
    assert (decoded.encoding, decoded.encoding_source) == (name, "detected")
    assert decoded.confidence == 0.99


def test_utf8_with_a_few_broken_bytes_stays_utf8():
    decoded = decode((ARABIC * 2).encode() + b"\xff" + (ARABIC * 2).encode())
    assert (decoded.encoding, decoded.encoding_source) == ("utf-8", "damaged")
    assert decoded.text.count("\ufffd") == 1
    assert 0.98 < decoded.confidence < 1


def test_utf8_cut_in_the_middle_of_a_character_stays_utf8():
    assert decode(ARABIC.encode()[:-3]).encoding_source == "damaged"


def test_setting_is_believed_against_all_evidence():
    decoded = decode("é".encode("latin-1"), "latin-1", declared="utf-8")
    assert decoded == ("é", "latin-1", "setting", 1.0, ("setting: latin-1",))


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


SENTENCES = (
    "وصل الوفد إلى المطار مساء أمس",
    "ارتفعت أسعار الذهب",
    "فاز الفريق بهدفين مقابل هدف",
    "من كل عام",
    "حكمت المحكمة ببراءة المتهم",
)


@pytest.mark.parametrize("codec", ["cp1256", "iso8859_6", "cp720", "utf_16_le", "utf_16_be"])
@pytest.mark.parametrize("sentence", SENTENCES)
def test_a_few_words_are_enough_for_detection(codec, sentence):
    assert decode(sentence.encode(codec)).text == sentence


def test_old_macintosh_is_told_from_iso_by_its_digits():
    text = "في ٢٥ مارس ٢٠١٦ وصل الوفد إلى العاصمة"
    assert decode(text.encode("mac_arabic")).text == text


@pytest.mark.parametrize(
    ("codec", "text"),
    [
        ("cp1251", "Президент заявил, что переговоры состоятся завтра в Москве."),
        ("iso8859_7", "Ο πρωθυπουργός δήλωσε ότι οι συνομιλίες θα γίνουν αύριο."),
        ("cp1255", "ראש הממשלה אמר כי השיחות יתקיימו מחר בירושלים"),
        (
            "latin-1",
            "Élevé à Besançon, le président a déclaré être prêt à négocier dès maintenant; "
            "ça ira, où êtes-vous?",
        ),
        ("gb18030", "总统说会谈将于明天在北京举行"),
    ],
)
def test_other_languages_are_not_taken_for_arabic(codec, text):
    assert decode(text.encode(codec)).text == text
    assert (
        decode(text.encode(codec), declared=codec.replace("_", "-")).encoding_source == "declared"
    )


PAGE = "<html><head>{meta}<title>خبر</title></head><body><p>" + ARABIC + "</p></body></html>"
META = '<meta charset="{}">'


def page(label, codec, meta=META):
    return PAGE.format(meta=meta.format(label)).encode(codec)


@pytest.mark.parametrize(
    ("label", "codec", "name"),
    [
        ("windows-1256", "cp1256", "windows-1256"),
        ("CP1256", "cp1256", "windows-1256"),
        ("x-cp1256", "cp1256", "windows-1256"),
        ("iso-8859-6", "iso8859_6", "iso-8859-6"),
        ("UTF8", "utf-8", "utf-8"),
        (" 'utf-8' ", "utf-8", "utf-8"),
        ("x-mac-arabic", "mac_arabic", "mac-arabic"),
    ],
)
def test_declaration_is_believed_under_all_its_names(label, codec, name):
    decoded = decode(ARABIC.encode(codec), declared=label)
    assert decoded[:4] == (ARABIC, name, "declared", 1.0)
    assert decoded.evidence[0] == f"declared: {name}"


@pytest.mark.parametrize(
    "meta",
    [
        META,
        "<META CHARSET={}>",
        '<meta http-equiv="Content-Type" content="text/html; charset={}">',
        "<meta http-equiv='Content-Type' content='text/html;charset={}' />",
        '<!-- <meta charset="utf-7"> --><meta charset="{}">',
        "<script>" + "x" * 5000 + '</script><meta charset="{}">',
    ],
)
def test_meta_tag_is_found_in_a_page(meta):
    decoded = decode(page("windows-1256", "cp1256", meta), html=True)
    assert (decoded.encoding, decoded.encoding_source) == ("windows-1256", "meta")
    assert ARABIC in decoded.text


def test_xml_declaration_counts_as_meta_tag():
    data = b'<?xml version="1.0" encoding="windows-1256"?>\n<html>' + ARABIC.encode("cp1256")
    assert decode(data, html=True).evidence == ("meta: windows-1256",)


def test_meta_tag_of_a_plain_text_is_text():
    assert decode(page("windows-1256", "utf-8")).evidence == ("valid: utf-8",)


def test_evidence_is_kept_in_the_order_of_trust():
    decoded = decode(page("utf-8", "utf-8"), declared="windows-1256", html=True)
    assert (decoded.encoding, decoded.encoding_source) == ("utf-8", "meta")
    assert decoded.evidence == (
        "declared: windows-1256, refuted: the bytes are valid UTF-8",
        "meta: utf-8",
        "valid: utf-8",
    )


def test_page_saved_as_utf8_with_its_old_meta_tag():
    decoded = decode(page("windows-1256", "utf-8"), html=True)
    assert ARABIC in decoded.text
    assert (decoded.encoding, decoded.encoding_source) == ("utf-8", "valid")


@pytest.mark.parametrize(
    ("label", "codec"),
    [
        ("utf-8", "cp1256"),
        ("iso-8859-1", "cp1256"),
        ("iso-8859-6", "cp1256"),
        ("windows-1256", "iso8859_6"),
        ("gb2312", "cp1256"),
        ("windows-1256", "utf_16_le"),
        ("klingon", "cp1256"),
    ],
)
def test_declaration_that_makes_no_arabic_is_refuted(label, codec):
    decoded = decode(ARABIC.encode(codec), declared=label)
    assert decoded.text == ARABIC
    assert decoded.encoding_source == "detected"
    assert "refuted" in decoded.evidence[0]
    assert decoded.evidence[1].startswith(f"detected: {decoded.encoding}, ")


def test_byte_order_mark_refutes_another_declaration():
    data = codecs.BOM_UTF16_BE + ARABIC.encode("utf-16-be")
    decoded = decode(data, declared="utf-16")
    assert decoded.text == ARABIC
    assert decoded.evidence == (
        "declared: utf-16-le, refuted: the byte order mark is that of utf-16-be",
        "bom: utf-16-be",
    )


def test_meta_tag_that_says_utf16_means_utf8():
    decoded = decode(page("utf-16", "utf-8"), html=True)
    assert decoded.evidence == ("meta: utf-8", "valid: utf-8")


def test_french_page_keeps_its_declaration():
    text = "Élevé à Besançon, le président a déclaré être prêt à négocier dès maintenant."
    decoded = decode(text.encode("latin-1"), declared="ISO-8859-1")
    assert decoded[:3] == (text, "windows-1252", "declared")


def test_declared_utf8_with_a_few_broken_bytes_is_less_sure():
    decoded = decode((ARABIC * 2).encode() + b"\xff" + (ARABIC * 2).encode(), declared="utf-8")
    assert decoded.encoding_source == "declared"
    assert 0.98 < decoded.confidence < 1


def test_what_was_broken_before_is_repaired_and_told():
    decoded = decode(ARABIC.encode().decode("cp1256").encode())
    assert decoded.text == ARABIC
    assert decoded.evidence == (
        "valid: utf-8",
        "repaired: utf-8 read as windows-1256, lines: 1",
    )


def test_every_label_has_a_codec():
    for label, name in encoding_labels._NAMES.items():
        codecs.lookup(encoding_labels.codec_name(name))
        assert encoding_labels.encoding_name(label.upper()) == name


@given(st.binary(max_size=300), st.none() | st.text(max_size=20), st.booleans())
def test_any_bytes_are_decoded_or_rejected(data, declared, html):
    with contextlib.suppress(RejectedArticleError):
        decoded = decode(data, declared=declared, html=html)
        assert 0 <= decoded.confidence <= 1
        assert decoded.evidence
        assert decoded.text.encode().decode() == decoded.text


@given(st.binary(max_size=300), st.sampled_from(sorted(encoding_labels._NAMES)))
def test_any_bytes_stand_any_declaration(data, declared):
    with contextlib.suppress(RejectedArticleError):
        decoded = decode(data, declared=declared)
        assert decoded.text.encode().decode() == decoded.text
