import re
import time

import pytest
from hypothesis import given
from hypothesis import strategies as st

from pipeline.mojibake import repair

LINES = (
    "قال وزير الخارجية الروسي سيرغي لافروف الجمعة إن موسكو تتوقع إنجاز عملية تحرير تدمر.",
    'وأضاف: «لن نتراجع»، مشيرًا إلى أن المحادثات ستُستأنف في 15 نيسان – بمشاركة "الهيئة".',
    "ارتفعت أسعار النفط بنسبة 3.5% في ختام التعاملات؛ فهل تواصل الصعود؟",
    "حفظ الطلاب القرآن ظهرًا، وحضر محافظ المنطقة الحفل.",
)
ARABIC = st.text("ابتةجحخدرزسشصضطظعغفقكلمنهويىءأإآئؤ  ،.؟؛«»…“”0123456789\n", max_size=200)


def read_as(codec):
    return lambda text: text.encode().decode(codec)


def read_as_windows_1252(data):
    """As browsers do: a byte without a sign becomes a control character."""
    return "".join(bytes([byte]).decode("cp1252", "ignore") or chr(byte) for byte in data)


def as_1252(text):
    return read_as_windows_1252(text.encode())


def scraped(text):
    return re.sub("[\x81\x8d\x8f\x90\x9d\xad\u200c-\u200f]", "", text).replace("\xa0", " ")


as_1256 = read_as("cp1256")


@pytest.mark.parametrize(
    "break_text",
    [
        as_1256,
        as_1252,
        read_as("latin-1"),
        lambda text: as_1256(as_1256(text)),
        lambda text: as_1252(as_1252(text)),
        lambda text: as_1256(as_1252(text)),
        lambda text: as_1252(as_1256(text)),
        lambda text: read_as_windows_1252(text.encode("cp1256")),
        lambda text: text.encode("cp1256").decode("latin-1"),
        lambda text: scraped(as_1256(text)),
        lambda text: scraped(as_1252(text.replace("ُ", ""))),
        lambda text: as_1252(text.replace("ُ", "")).translate({0x81: "\ufffd", 0xAD: None}),
    ],
    ids=["1256", "1252", "latin1", "1256 twice", "1252 twice", "1252 then 1256", "1256 then 1252",
         "1256 as 1252", "1256 as latin1", "1256 scraped", "1252 scraped", "1252 replaced"],
)  # fmt: skip
def test_text_read_wrongly_is_read_again(break_text):
    wanted = "\n".join(LINES)
    repaired = repair(break_text(wanted))
    assert repaired.text.replace("\xa0", " ") == wanted.replace(
        "ُ", "" if "ُ" not in repaired.text else "ُ"
    )
    assert repaired.evidence


@pytest.mark.parametrize(
    ("break_text", "kind"),
    [
        (
            lambda text: text.encode("iso8859_6").decode("latin-1"),
            "iso-8859-6 read as windows-1252",
        ),
        (lambda text: text.encode("iso8859_6").decode("cp1256"), "iso-8859-6 read as windows-1256"),
    ],
)
def test_iso_8859_6_is_read_again(break_text, kind):
    wanted = "\n".join((LINES[0], LINES[3]))
    assert repair(break_text(wanted)) == (wanted, (f"repaired: {kind}, lines: 2",))


@pytest.mark.parametrize(
    ("broken", "wanted"),
    [
        ("ط§ظ„ط¹ط±ط¨ظٹط©", "العربية"),
        ("Ø§Ù„Ø¹Ø±Ø¨ÙŠØ©", "العربية"),
        ("ÇáÚÑÈíÉ", "العربية"),
        ("ط§ظ„طµظپط\xadط© ط§ظ„ط±ط¦ظٹط³ظٹط©", "الصفحة الرئيسية"),
        (
            "ط§ظ„طµظپط© ط§ظ„ط±ط¦ظٹط³ظٹط© ظپظٹ ظ،ظ¥ ظ…ط§ط±ط³ ظ¢ظ ظ،ظ¦",
            "الصفة الرئيسية في ١٥ مارس ٢٠١٦",
        ),
        ("Ù…Ø§Ø±Ø³ Ù¢Ù Ù¡Ù¦", "مارس ٢٠١٦"),
        ("â€œØµØ¯Ù‰ Ø§Ù„Ø¨Ù„Ø¯â€", "“صدى البلد”"),
        ("قالت الصحيفة إن â€œالمفاوضاتâ€\x9d انتهت", "قالت الصحيفة إن “المفاوضات” انتهت"),
        ("(BBC) ط¨ظٹ ط¨ظٹ ط³ظٹ", "(BBC) بي بي سي"),
    ],
)
def test_literal_pairs(broken, wanted):
    assert repair(broken).text == wanted


def test_only_the_broken_part_is_touched():
    text = f"{LINES[0]}\n{as_1256(LINES[2])}\n{LINES[3]} {as_1256(LINES[0])} {LINES[3]}\n{LINES[1]}"
    assert repair(text) == (
        f"{LINES[0]}\n{LINES[2]}\n{LINES[3]} {LINES[0]} {LINES[3]}\n{LINES[1]}",
        ("repaired: utf-8 read as windows-1256, lines: 2",),
    )


def test_on_a_broken_page_a_short_line_is_repaired_too():
    assert repair(as_1256(f"{LINES[0]}\nمن")).text == f"{LINES[0]}\nمن"
    assert repair(LINES[0] + "\n" + as_1256("من")).evidence == ()


@pytest.mark.parametrize(
    "text",
    [
        *LINES,
        "ط، ظ، ع، غ",
        "حفظ… ولاحظ “الطلاب” أن الخط–السريع",
        "Élevé à Besançon, il a déjà été élu député; où êtes-vous, François?",
        "Ærø, Øl, Ångström, São Paulo, Côte d'Ivoire, Ça va",
        "وصل مانويل فالس إلى Besançon وRhône-Alpes والتقى Noël Mamère",
        "وزير النفط» و«الضغط»؛ حظ؟ لفظ…",
        "رئیس جمهور گفت که بزرگ‌ترین پروژه آغاز شد",
        "شىنجاڭ ئۇيغۇر ئاپتونوم رايونى",
        "Президент заявил, что переговоры начнутся завтра.",
        "درجة الحرارة 35°م والزاوية ±5° والسعر £20 والقسم §3",
    ],
)
def test_healthy_text_is_left_alone(text):
    assert repair(text) == (text, ())


@pytest.mark.parametrize(
    ("broken", "wanted"),
    [
        ("&#216;&#167;&#217;&#8222;&#216;&#185;&#216;&#177;&#216;&#168;", "العرب"),
        ("Ø&sect;Ù&bdquo;Ø&sup1;Ø&plusmn;Ø&uml; &lt;b&gt; &amp;", "العرب &lt;b&gt; &amp;"),
    ],
)
def test_references_of_html_that_are_parts_of_letters_are_resolved(broken, wanted):
    assert repair(broken).text == wanted


@pytest.mark.parametrize(
    "text", ["فقط&nbsp;20&pound; &sect;3", "&eacute;t&eacute;", "&#1571;&#169;"]
)
def test_references_in_healthy_text_stay(text):
    assert repair(text) == (text, ())


@given(ARABIC)
def test_no_arabic_text_is_touched(text):
    assert repair(text) == (text, ())


@given(ARABIC, st.sampled_from(["cp1256", "latin-1"]))
def test_repairing_twice_changes_nothing(text, codec):
    once = repair(text.encode().decode(codec)).text
    assert repair(once).text == once


@given(st.text(max_size=300), st.sampled_from(["cp1256", "latin-1", "cp437"]))
def test_no_sign_of_json_or_html_comes_or_goes(text, codec):
    broken = f"{text} {LINES[0]}".encode("utf-8", "replace").decode(codec)
    signs = re.compile("[^!-~]|[?]")  # a question mark can stand for a lost byte
    assert signs.sub("", repair(broken).text) == signs.sub("", broken)


@pytest.mark.parametrize(
    "text", ["ط§ " * 50_000, "طط" * 50_000, "Ø Ù" * 50_000, "ÇáÚ " * 50_000, "طa" * 50_000 + "ع"]
)
def test_long_lines_cost_time_in_proportion(text):
    began = time.process_time()
    repair(text)
    assert time.process_time() - began < 10
