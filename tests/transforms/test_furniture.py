import pytest

from schemas.removals import REMOVAL_REASONS
from transforms.folding import fold
from transforms.furniture import alternatives, entries, furniture, load_lexicon
from transforms.line_features import look_at

ENTRIES = list(entries())
# So many wordings of an entry are tried: the first ones and the last.
_TRIED = 25


@pytest.mark.parametrize(("reason", "entry"), ENTRIES, ids=range(len(ENTRIES)))
def test_each_phrase_is_recognised(reason, entry):
    wordings = list(alternatives(entry.lstrip("? ")))
    for wording in (*wordings[:_TRIED], wordings[-1]):
        known = furniture(wording.replace("…", ": 12 " if wording.endswith("…") else " النور "))
        assert known is not None, wording
        assert known.reason in REMOVAL_REASONS
    assert reason in REMOVAL_REASONS


def test_the_lexicon_is_folded():
    lexicon = load_lexicon()
    phrases = [*lexicon.lines, *lexicon.beginnings, *lexicon.gaps]
    assert "" not in phrases
    assert all(fold(phrase) == phrase for phrase in phrases[::50])


def test_alternatives_multiply():
    assert list(alternatives("{شارك|انشر} {|هذا }الخبر")) == [
        "شارك الخبر",
        "شارك هذا الخبر",
        "انشر الخبر",
        "انشر هذا الخبر",
    ]


@pytest.mark.parametrize(
    ("line", "reason"),
    [
        ("شارك 125", "sharing"),
        ("12 تعليق", "comments"),
        ("3 دقائق للقراءة", "timestamp"),
        ("عدد المشاهدات: 1,234", "timestamp"),
        ("آخر تحديث: الأحد 3 أبريل", "timestamp"),
        ("تابعوا أخبار النور على تويتر", "sharing"),
        ("حمّل تطبيق النور الآن", "subscription"),
        ("الوسوم: سوريا، تدمر", "tags"),
        ("مقالات ذات صلةوفاة الفنان الكبير", "related"),
        ("هاتف: 01 234567", "navigation"),
        ("اقرأ أيضًا | وفاة الفنان الكبير", "related"),
    ],
)
def test_counters_names_and_glued_words_do_not_hide_a_phrase(line, reason):
    known = furniture(line)
    assert known is not None
    assert known.reason == reason


@pytest.mark.parametrize(
    "sentence",
    [
        "اشترك في العملية 20 جنديا من القوات الخاصة.",
        "انضم إلى قناة الجزيرة عام 2005 وعمل فيها عشر سنوات.",
        "سجل في مرمى الهلال هدفين خلال الشوط الأول.",
        "شارك في المؤتمر وزراء من عشرين دولة.",
        "تابع الرئيس المباراة من المنصة الرئيسية.",
        "نشر في صحيفة الحياة مقالا عن الأزمة",
        "كتب في حسابه على موقع تويتر أنه سيعود قريبا",
        "تاريخ العلاقات بين البلدين طويل",
        "تصميم الرئيس على موقفه فاجأ الجميع",
        "العنوان الأبرز في هذه المرحلة هو الحوار",
        "تعليقات النواب على القرار جاءت متباينة",
        "لا يمكن عرض المشكلة دون ذكر أسبابها",
        "قرأ الوزير البيان أمام الصحفيين.",
        "المصدر الرئيسي للدخل هو النفط.",
        "صورة البطل في الرواية غامضة",
        "يمنع نشر صور الضحايا قبل إبلاغ ذويهم.",
        "مشاهدات من رحلة إلى الصين",
        "طباعة الكتب لم تعد مربحة",
        "بحث الجانبان سبل التعاون",
    ],
)
def test_look_alikes_are_no_sure_furniture(sentence):
    assert look_at(sentence).certain is None
