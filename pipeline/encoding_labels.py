"""What pages and servers call a character encoding, and the codec that browsers read it with."""

from __future__ import annotations

# After the WHATWG Encoding Standard, section 4.2: a label means what browsers make of it, so that
# iso-8859-1 is windows-1252 and gb2312 gb18030. Left out: encodings no page in Arabic script is in
# by mistake or on purpose. Added: utf-32 and the Arabic code pages of DOS and the old Macintosh.
_LABELS = {
    "utf-8": "utf8 unicode-1-1-utf-8 unicode11utf8 unicode20utf8 x-unicode20utf8",
    "utf-16-le": "utf-16 utf-16le utf16 csunicode iso-10646-ucs-2 ucs-2 unicode unicodefeff",
    "utf-16-be": "utf-16be unicodefffe",
    "utf-32-le": "utf-32 utf-32le",
    "utf-32-be": "utf-32be",
    "windows-1256": "cp1256 x-cp1256",
    "iso-8859-6": "iso8859-6 iso88596 iso_8859-6 iso_8859-6:1987 arabic asmo-708 asmo_708 ecma-114 "
    "csisolatinarabic csiso88596e csiso88596i iso-8859-6-e iso-8859-6-i iso-ir-127",
    "cp720": "dos-720 ibm720 720",
    "cp864": "ibm864 864 csibm864",
    "mac-arabic": "x-mac-arabic macarabic",
    "windows-1252": "cp1252 x-cp1252 iso-8859-1 iso8859-1 iso88591 iso_8859-1 iso_8859-1:1987 "
    "latin1 latin-1 l1 ascii us-ascii ansi_x3.4-1968 cp819 ibm819 csisolatin1 iso-ir-100",
    "windows-1250": "cp1250 x-cp1250",
    "windows-1251": "cp1251 x-cp1251",
    "windows-1253": "cp1253 x-cp1253",
    "windows-1254": "cp1254 x-cp1254 iso-8859-9 iso8859-9 iso88599 iso_8859-9 latin5 l5",
    "windows-1255": "cp1255 x-cp1255",
    "windows-1257": "cp1257 x-cp1257",
    "windows-1258": "cp1258 x-cp1258",
    "iso-8859-2": "iso8859-2 iso88592 iso_8859-2 latin2 l2",
    "iso-8859-5": "iso8859-5 iso88595 iso_8859-5 cyrillic",
    "iso-8859-7": "iso8859-7 iso88597 iso_8859-7 greek",
    "iso-8859-8": "iso8859-8 iso88598 iso_8859-8 iso-8859-8-i hebrew logical visual",
    "iso-8859-15": "iso8859-15 iso885915 iso_8859-15 latin9 l9",
    "koi8-r": "koi8 koi8_r koi cskoi8r",
    "macintosh": "mac x-mac-roman csmacintosh",
    "gb18030": "gb2312 gbk gb_2312-80 chinese csgb2312 x-gbk",
    "big5": "big5-hkscs cn-big5 x-x-big5",
    "shift_jis": "shift-jis sjis windows-31j x-sjis ms_kanji ms932",
    "euc-jp": "x-euc-jp",
    "euc-kr": "korean ks_c_5601-1987 ksc5601 windows-949",
}
# Where Python's codec has another name, or reads less than browsers do.
_CODECS = {
    "mac-arabic": "mac_arabic",
    "shift_jis": "cp932",
    "euc-kr": "cp949",
    "big5": "big5hkscs",
    "macintosh": "mac_roman",
}
_NAMES = {label: name for name, labels in _LABELS.items() for label in (name, *labels.split())}


def encoding_name(label: str) -> str | None:
    """The encoding that a label stands for, in our spelling; `None` for an unknown label."""
    return _NAMES.get(label.strip().strip("\"'").lower())


def codec_name(encoding: str) -> str:
    """Python's name for an encoding that `encoding_name` gave."""
    return _CODECS.get(encoding, encoding)
