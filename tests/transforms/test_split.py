import itertools
import pickle
from pathlib import Path

import apache_beam as beam
import pytest
from apache_beam.testing.util import assert_that, equal_to
from hypothesis import given

from schemas.records import Shard
from schemas.settings import CleanSettings, SplitSettings
from tests.transforms.articles import any_text, raw_article, thorough
from transforms.clean import clean_article
from transforms.normalise import normalise
from transforms.sentence_breaks import sentence_breaks
from transforms.shards import RejectedArticleError
from transforms.split import Split, split_article, split_shard
from transforms.tokens import tokenise

SEED = Path(__file__).parents[2] / "seeds" / "syriantelegraph-lavrov-palmyra.txt"
KEEP = CleanSettings(keep_boilerplate=True, min_arabic_share=0)


def pieces(text, running_text=True):
    """The sentences of a block, as text."""
    tokens = tokenise(text)
    start, found = 0, []
    for end, _ in sentence_breaks(tokens, running_text):
        found.append(text[tokens.starts[start] : tokens.ends[end - 1]])
        start = end
    return found


# Each case is a block; | stands where a sentence ends and another begins.
BREAKS = [
    # plain stops
    "وصل الوزير إلى دمشق.| وعقد اجتماعا مع نظيره.",
    "هل تنتهي الحرب هذا العام؟| لا أحد يعرف.",
    "يا له من فوز!| احتفل الجمهور حتى الفجر.",
    "ماذا حدث؟!| لا جواب حتى الآن.",
    "أين المسؤولون ؟| سؤال يتكرر كل يوم .",
    "Where is he? سأل الصحفي.".replace("? ", "?| "),
    # no space after the stop
    "هذا كل ما انتهى إليه الاجتماع.|وقال الوزير إنه راض.",
    "انتهى الاجتماع .|وغادر الوفد القاعة.",
    "من المسؤول؟|لا أحد.",
    "بلغ العدد 120 قتيلا عام 2015.|وقال الطبيب إن العدد مرشح للزيادة.",
    "ارتفع السعر عام 2015.| وقال الخبير إنه سيهبط.",
    # quotation marks and brackets that close with the sentence
    "قال: “لن نغادر المدينة.”| وأضاف أن القتال مستمر.",
    'قال الوزير: "لن نتراجع.".| وأكد ذلك لاحقا.',
    'قال الوزير: "لن نتراجع".| وأكد ذلك لاحقا.',
    "أكد أنه «لا تراجع.»| وتابع حديثه.",
    "غادر القاعة (وكان غاضبا.)| ثم عاد.",
    'قال "لا أعرف شيئا عن هذا الأمر كله أبدا؟"| وأضاف أنه سيسأل.',
    'قال: "انتهى الأمر."|وغادر.',
    "قال: “الحرب طويلة.| ولا نهاية لها قريبة”.| وأضاف أنه متعب.",
    "قال الرئيس: «لن نقبل بذلك.| هذا كلام مرفوض».| ثم انصرف.",
    # decimals, numbers, times, dates
    "ارتفع المؤشر 1.5 في المئة.| وهبط الذهب 0.75 في المئة.",
    "بلغت النسبة ٣٫٥ بالمئة و٤.٢ بالمئة أمس.",
    "خصصت الحكومة 1,000,000 ريال للمشروع.",
    "بدأت المباراة الساعة 18.30 بتوقيت غرينتش.",
    "وقع الاتفاق في 12.5.2016 في جنيف.",
    "هبط السهم إلى .5 دولار.",
    # titles
    "وأشار د. محمد العلي إلى أن العلاج متوفر.",
    "حضر الحفل أ.د. سامي حسن ود. ليلى كرم.",
    "قال م. علي إن المشروع جاهز.",
    "كرمت الجامعة أ. د. بلقيس داغستاني.",
    "انضم الباحث إلى فريق ل د. خان.",
    "التقى Dr. Smith أمس في لندن.",
    "كتبت J. K. Rowling سبعة كتب.",
    # abbreviations
    "عاش في القرن الثالث ق.م. في مدينة بابل.",
    "نقلت وكالة أ. ف. ب. عن مصدر أمني.",
    "نقلت وكالة (أ.ف.ب.) عن مصدر أمني.",
    "ذكرت وكالة د.ب.أ أن الحريق كبير.",
    "نقلت ذلك وكالة أ. ف. ب.| وقال المصدر إن الوضع هادئ.",
    "أعلنت شركة الأسمنت ش.م.م. نتائجها.",
    "عينت U.S. Steel مديرا جديدا.",
    "قالت بي. بي. سي. إن الخبر صحيح.",
    "أجرت المقابلة قناة بي بي سي.| حضر اللقاء عدد من الوزراء.",
    "هبط سهم جيه. بي مورغان أمس.",
    "أعلن ذلك مراسل د ب أ.| حضر اللقاء عدد من الوزراء.",
    "ينقص المرضى فيتامين د.| هذا ما أثبتته الدراسة.",
    "تصدر المنتخب المجموعة أ.| حل ثانيا منتخب مصر.",
    "توفي عام 2015 م.| حضر الجنازة آلاف الناس.",
    "قال محافظ المنطقة د. عوض الكثيري إن الوضع جيد.",
    "وصفت أ.هناء قاسم ما فعلته زميلتها.",
    "تبدأ المباراة الساعة 20.30 ت.م.| الدخول مجاني.",
    "تبدأ المباراة الساعة 20.30 ت.م. في الملعب الكبير.",
    "المادة 1. يسري هذا القانون على الأماكن المؤجرة.",
    # web
    "يمكن زيارة الموقع bbc.com للمزيد من التفاصيل.",
    "التفاصيل على https://www.example.com/a.b?c=1 كل يوم.",
    "راسلونا على editor.news@example.com.sa في أي وقت.",
    "ذكرت العربية.نت أن الاجتماع تأجل.",
    # ellipsis
    "نعم... لكن الأمر صعب جدا.",
    "أخيرا .. وصل الفريق إلى المطار.",
    "لم يقل الوزير شيئا عن ذلك الأمر...| وقال مساعده إن الرد قريب.",
    "اعتادوا ترك النفايات غير مبالين بمن يأتي بعدهم..| ويشهد الكورنيش إقبالا كبيرا.",
    "كان الهجوم من السوق (...) وكانت الجثث في كل مكان.",
    "قرأ كتاب “روض الرياحين…” لليافعي في صباه.",
    "لم يكمل جملته…",
    "في كل صباح.. عند الساعة السادسة.. يقف الناس هناك.",
    "ينتظر الحافلة التي لا تأتي...| وحين تأتي لا مكان فيها.",
    "المشكلة في من قرر.. ومن وافق.. ومن صمت!",
    "عرض فيلم «نهاية... بداية» في المهرجان أمس.",
    'كتب على صفحته: "وداعا يا أستاذ...".| وتقام الصلاة غدا.',
    "انتظروا حتى تمر عشر دقائق ثم... بسم الله!",
    "هل تعود؟! ..| لا أحد يعرف.",
    # a stop in brackets ends what is in them, and seldom the sentence around them
    "الشرطة تبحث عنه (طوله 1.80 م.) وتطلب المساعدة.",
    "اللوح رقم 7 (انظر الشكل 2.) هو الأهم.",
    "افتتح معرض (البحر.. حكايات وصور) في جدة أمس.",
    "قال الخطيب (إن الله قد استجاب لدعاء الناس جميعا... إلخ) ثم سكت.",
    "أقل من كوبين (نحو 400 ملغ. من الكافيين) كل يوم.",
    "سأل زميله (كيف ننجو من هذا كله؟) ولم يجب أحد.",
    "سأل زميله (كيف ننجو من هذا كله؟).| لم يجب أحد.",
    "(انتهى الخبر. |وهذا تعليق عليه.)".replace(" |", "| "),
    # a unit after a number, with a stop
    "ولد عام 1966 م. في قرية صغيرة.",
    "تقع على بعد 30 كم. جنوب المدينة.",
    "يقطع شرائح بسمك 1 سم. ثم يملح.",
    "يبلغ ارتفاعه 3 م.| من جهته قال الوزير إنه كاف.",
    "يبلغ ارتفاعه 3 م.| وقال الوزير إنه كاف.",
    # letters of other alphabets as Arabic spells them are also words
    "قال لي لا تثق بي.| في الواقع كان صادقا.",
    "هبط مؤشر سي.آر.بي للسلع أمس.",
    "ارتفع سهم شركة بي.بي أمس.",
    "أصدرت المباحث إف. بي. آي مذكرة اعتقال.",
    "تعتبرهم «سي. آي. إيه» الأخطر في العالم.",
    "كتب الوزير الأسبق جورج بي. شولتز المقدمة.",
    "يدور مؤتمر حول موضوع «ثقافات المتوسط اليوم.. من أجل التعايش»، بمشاركة باحثين.",
    "وصف المغرب بأنه (… لا أظن أن غيره قاله) حصن منيع.",
    "“عندما كنا صغارا. |عندما كنا سعداء.” |يعود الفيلم إلى الطفولة.".replace(" |", "| "),
    # `..` before what goes on, or after what cannot stand alone
    "انتظر الناس ساعات طويلة.. طويلة جدا أمام الفرن.",
    "مضت سنوات.. سنوات طويلة.. ولم أسمع صوتك.",
    "قال الرئيس في خطابه: «يا أبناء شعبي.. أنا باق».",
    "سينتهي المشروع كما قالوا لنا في 2012.. ثم في 2015.",
    "هو حق للناس جميعا في هذا البلد الكبير.. أو هكذا نظن.",
    "نسي الحقيقة أصحاب القرار كلهم في بلادنا.. في المدن والقرى.",
    "نسي الحقيقة أصحاب القرار كلهم في بلادنا..| في المقابل لم ينس الناس.",
    "زاد حفر الآبار دون لوحات تحذير من أي نوع.. مما أدى إلى سقوط كثيرين.",
    "لم يغادر الموقع حتى الآن سوى عدد قليل منهم..| كان بينهم ثلاثة أجانب.",
    "سأعمل بكل جهد لدي ..| سيكون ذلك سهلا جدا.",
    "كان البرد قارسا، والناس.. كل الناس.. واقفون أمام الفرن.",
    "نسي الحقيقة أصحاب القرار كلهم في بلادنا.. من أكبرهم إلى أصغرهم.",
    "دعا إلى تجديد العهد بين الفريقين في المجتمع والدولة.. تحريرا للتصور من النزعات.",
    "أكد أن الفريق مستعد تماما للمباراة المقبلة.. مشيرا إلى أن المصابين عادوا.",
    "الرجل كما يقول المثل القديم لا يعود..| صعب أن ننسى ذلك.",
    "قال النائب لوكالة الأنباء أمس: الانسحاب رسالة...| والرسالة وصلت.",
    "المادة 2. أ. لا يجوز رفع الأجرة.",
    "يبلغ السعر نحو 3.750 د.ك. في الصيدليات، بحسب التقرير.",
    "تتأثر الأسواق بعوامل شتى.| وبصفة خاصة … فإن الاتفاق مهم.",
    'كتبت على صفحتها في الموقع أمس "بعد تفكير عميق.. اتخذت القرار الصعب".',
    # `..` in the place of a colon
    "ثم التفت إلى الجميع غاضبا فقال ابن العباس.. ليس هكذا.",
    # `..` between short clauses
    "استيقظت باكرا..| لبست معطفي..| ونزلت إلى الشارع.",
    "سمعت صوتا كالانفجار...| ركضت...| وجدت الحافلة مقلوبة.",
    "كان ذلك «تطفلا حقيقيا..| فهم لا يريدون آباءهم».",
    "لسنا ملائكة..| ونعلم أن الجميع يخطئ.",
    "الوزير الأصبحي.. هل تتوقع عودة الأمن؟",
    "صرخ الأطفال...| وبكت النساء.",
    "غير أن البيان الذي صدر أمس لم يحدد موعدا.. ولا ميزانية.",
    # names of works, whatever their length
    "تناقش الجلسة كتاب «من التاريخ المنسي إلى التاريخ العادل.. دراسات في تجربة مؤرخ» غدا.",
    'شرحت في كتابي "كيف نبني اقتصادا لا يقوم على النفط وحده؟" هذه الفكرة.',
    'صدر له مقال بعنوان: "هل يمكن تحقيق النمو المستدام في الخليج؟" قبل شهر.',
    "انتظر الناس طويلا ولم يأت أحد منهم إلى هنا..| على الوزير أن يجيب.",
    "لا ذاكرة له للماضي ولا معرفة بالمستقبل ..| في عالم الحيوان، هذا مفيد.",
    "بدأنا عملية التسويق بالفعل..| وفي غضون يوم سنرفع الإنتاج.",
    # a quotation that nobody closed does not turn the next one inside out
    'قال "نعم لكل شيء فيه، ثم تحدث عن "شروط واضحة" وغادر القاعة "غاضبا" ..| كانت جلسة طويلة.',
    # the same word alone on both sides of a stop
    "هتف الناس: «ارحل! ارحل!»| ثم تفرقوا.",
    "رائحة تعرفها من المختبر: الكولاجين.| الكولاجين هو ما يعطي بنية لعظامنا.",
    # quotations one behind the other, and one behind its speaker
    '"لم ننم طوال الليل!"| "سمعنا هديرا ثم رأينا الماء."',
    'يقول لخالد "انظر ماذا يجري هناك!"| يرد خالد أنه لا يرى شيئا.',
    "صدر لك ديوان «لماذا؟».. فلماذا «لماذا؟»؟| - لأنه السؤال الوحيد.",
    # a quotation of one word, and one that the main clause follows
    "قال له: «لا!» بصوت عال.",
    "قال له: «لا!»| ثم خرج.",
    "وعندما سألته: «لماذا عدت إلى هذه المدينة بعد كل هذا العمر؟» ضحك طويلا.",
    # who spoke next, behind a quotation that was announced
    'قلت له: "اجعل الرطوبة مرتفعة."| قال أحد التلاميذ إنها الماء.',
    'قلت، "ألا تخاف؟"| فكر الرجل طويلا.',
    # who spoke, behind what was said
    "«لم نر مثله من قبل.» قالت الباحثة وهي تبتسم.",
    "«لم نر مثله من قبل».| قالت الباحثة ذلك وهي تبتسم.",
    'سألتها: "ألا تعودين؟"| فضحكت.',
    "ماذا تريد الآن؟ تسأله المراسلة وهي تكتب.",
    # a stop in brackets within a sentence
    "وبموجب الاتفاق (وقع في الرباط.) ستضخ الشركة المال.",
    "(وقع الاتفاق في الرباط أمس.)| ستضخ الشركة المال.",
    # faces go with what they comment on
    "صار الشارع بحرا!! 😂😂| أين البلدية؟",
    "لم نجد أحدا. 🤔",
    # marks that stand apart
    "شكرا جزيلا لك.| : على الرحب والسعة.",
    "كيف الأحوال؟| : عظيم.",
    "أين كنت ؟ ، سأل المحقق.",
    # numbers of items, abbreviations
    "الترتيب: 1. الاتحاد 31 نقطة، 2. الوحدة 29، 3. النصر 24.",
    "بلغ العدد 15.| أعلن الطبيب ذلك.",
    "نشر البحث في المجلد 94، ص. 112-130.| وسيعرض اللوح غدا.",
    "يعود إلى سنة 2480 ق.م تقريبا.",
    "تعود إلى القرن الثلاثين ق.م.| وتقع قرب المدينة.",
    "كشفت شركة Nuvia Inc. عن هاتفها الجديد.",
    # marks on a word, names with marks
    "شاهد فيلم «ماذا لو؟» في مهرجان دبي.",
    "وصفه بأنه صديق (!) للشعب.",
    "زعم أنه لا يعرف (؟) شيئا عن الصفقة.",
    # lists, dashes, numbers of items
    "1. زيادة الرواتب بنسبة خمسة بالمئة.",
    "1 . يقطع الباذنجان شرائح.",
    "أ. تعديل القانون قبل نهاية العام.",
    "- هل تعود إلى الملاعب؟| - نعم، قريبا.",
    "* وصل الفريق.| * بدأ التدريب.",
    "رابعا. مارس الرياضة صباحا.",
    "الترتيب: 1. الوحدة 20 ن. 2. النجم 19 ن. 3. الفرسان 17 ن.",
    # what does not end a sentence
    "زار روسيا مرتين؛ الزيارة الأولى للمشاركة في الاحتفال.",
    "قال الوزير: نعم، سنعود؛ هذا وعد.",
    "أين كنت؟، سأل المحقق.",
    "رفع العقوبات",
    "... ثم صمت طويلا.",
    "انتهى الاجتماع. –",
]


@pytest.mark.parametrize("case", BREAKS)
def test_sentences_end_where_a_reader_ends_them(case):
    assert pieces(case.replace("|", "")) == [piece.strip() for piece in case.split("|")]


@pytest.mark.parametrize(
    ("title", "count"),
    [("هل القهوة مفيدة؟ دراسة جديدة تجيب", 1), ("وفاة الكاتب الكبير. وزير الثقافة ينعاه", 2)],
)
def test_only_a_full_stop_parts_a_title(title, count):
    assert len(pieces(title, running_text=False)) == count


def test_two_dots_part_nothing_in_a_title():
    title = "بعد عشرين عاما من طرحه في الأسواق.. آبل تقرر وقف إنتاج مشغل الموسيقى"
    assert pieces(title, running_text=False) == [title]
    assert len(pieces(title)) == 2


@pytest.mark.parametrize(
    ("text", "reason"),
    [
        ("وصل الوزير.", "full_stop"),
        ("قال: “وصل.”", "full_stop"),
        ("هل وصل؟!", "question"),
        ("وصل!", "exclamation"),
        ("وصل…", "ellipsis"),
        ("وصل...", "ellipsis"),
        ("وصل", "block_end"),
    ],
)
def test_the_reason_is_the_stop(text, reason):
    assert [found.reason for found in sentence_breaks(tokenise(text))] == [reason]


def split(source, **limits):
    return split_article(clean_article(raw_article(source), KEEP), SplitSettings(**limits))


def test_the_seed():
    article = clean_article(raw_article(SEED.read_text(encoding="utf-8")), CleanSettings())
    sentences = split_article(article, SplitSettings()).sentences
    assert len(sentences) == 18
    assert sentences[0].block == "title"
    assert [sentence.index for sentence in sentences] == list(range(18))
    assert sentences[-1].paragraph_index == 16
    assert sentences[14].text.startswith("وأضاف أن الموقف الروسي “معروف")


def test_a_long_sentence_breaks_at_the_comma_nearest_to_even_pieces():
    text = "كلمة " * 8 + "كلمة، " + "كلمة " * 2 + "كلمة، " + "كلمة " * 6
    sentences = split(text, max_sentence_tokens=12).sentences
    assert [len(sentence.tokens) for sentence in sentences] == [10, 10]
    assert sentences[0].split_reason == "length_comma"
    assert sentences[1].split_reason == "block_end"


def test_without_a_comma_it_breaks_before_a_conjunction():
    sentences = split("كلمة " * 9 + "وأضاف الوزير " + "كلمة " * 8, max_sentence_tokens=12).sentences
    assert sentences[0].split_reason == "length_conjunction"
    assert sentences[1].text.startswith("وأضاف")


def test_a_word_that_has_its_own_waw_is_no_conjunction():
    sentences = split("كلمة " * 9 + "وزير " + "كلمة " * 8, max_sentence_tokens=12).sentences
    assert [sentence.split_reason for sentence in sentences] == ["length_space", "block_end"]


@pytest.mark.parametrize("text", ["كلمة " * 1000, "كلمة،" * 1000, "«" + "12؛" * 999, "اa" * 1000])
def test_no_sentence_is_longer_than_the_limit(text):
    sentences = split(text, max_sentence_tokens=50).sentences
    assert max(len(sentence.tokens) for sentence in sentences) <= 50
    assert sum(len(sentence.tokens) for sentence in sentences) == len(tokenise(text).words)


def test_a_paragraph_of_five_megabytes_without_a_stop_ends():
    assert len(split("كلمة أخرى ثم كلمة، " * 150_000).sentences) > 5_000


@pytest.mark.parametrize("unit", [". ", "ا.", "a.", "؟ ", '."', "(", "..؟", "“."])
def test_a_megabyte_of_one_pattern_ends(unit):
    article = split("قال " + unit * (300_000 // len(unit)))
    words = [word for sentence in article.sentences for word in sentence.tokens]
    assert words == list(tokenise(article.article.text).words)


@pytest.mark.parametrize("unit", ["ا. ", "1. ا. ", "(ا. ", "«ا.. ", "في.. ", "قال: ا.. "])
def test_a_megabyte_of_words_that_no_stop_parts_ends(unit):
    assert pieces("قال " + unit * (300_000 // len(unit)))


def test_an_article_without_a_token_is_rejected():
    article = clean_article(raw_article("خبر عاجل"), KEEP)
    empty = type(article)(
        origin=article.origin,
        metadata=article.metadata,
        source_length=0,
        text="",
        alignment=article.alignment,
        blocks=(),
        removed=(),
        language="ar",
        arabic_share=0.0,
    )
    with pytest.raises(RejectedArticleError) as rejected:
        split_article(empty, SplitSettings())
    assert rejected.value.reason == "no_text"


@thorough
@given(any_text)
def test_every_visible_character_is_in_exactly_one_sentence(source):
    try:
        done = split(source, max_sentence_tokens=10)
    except RejectedArticleError:
        return
    text, covered = done.article.text, 0
    for index, sentence in enumerate(done.sentences):
        assert sentence.index == index
        assert text[covered : sentence.start].strip() == ""
        assert text[sentence.start : sentence.end] == sentence.text == sentence.text.strip() != ""
        covered = sentence.end
        block = done.article.blocks[sentence.paragraph_index]
        assert block.start <= sentence.start < sentence.end <= block.end
        assert block.kind == sentence.block
    assert text[covered:].strip() == ""


@thorough
@given(any_text)
def test_tokens_are_those_of_the_sentence_and_at_most_the_limit(source):
    try:
        done = split(source, max_sentence_tokens=10)
    except RejectedArticleError:
        return
    for sentence in done.sentences:
        tokens = (sentence.tokens, sentence.token_start, sentence.token_end)
        assert tokens == tuple(tokenise(sentence.text))
        assert 1 <= len(sentence.tokens) <= 10
        for word, start, end in zip(*tokens, strict=True):
            assert sentence.text[start:end] == word


@thorough
@given(any_text)
def test_source_spans_never_fall_and_give_the_sentence_back(source):
    """Where a sentence shares no source stretch with its neighbours, its source makes its text."""
    try:
        done = split(source, max_sentence_tokens=10)
    except RejectedArticleError:
        return
    spans = [(0, 0), *((one.source_start, one.source_end) for one in done.sentences)]
    for (start, end), (next_start, next_end) in itertools.pairwise(spans):
        assert start <= next_start < next_end <= len(source)
        assert end <= next_end
    starts, ends = done.article.alignment.starts, done.article.alignment.ends
    for one in done.sentences:
        alone = one.start == 0 or ends[one.start - 1] <= starts[one.start]
        alone = alone and (one.end == len(ends) or ends[one.end - 1] <= starts[one.end])
        again = normalise(source[one.source_start : one.source_end]).text
        if alone:
            assert again == one.text


def test_a_shard_is_split_and_bad_articles_are_kept_apart():
    article = clean_article(raw_article("قال الوزير نعم. ثم غادر."), KEEP)
    done = split_shard(Shard(1, (article,)), SplitSettings())
    assert len(done.articles[0].sentences) == 2
    assert done.metrics["seconds.split"] > 0


def test_the_transform_pickles_and_runs():
    split_transform = pickle.loads(pickle.dumps(Split(SplitSettings())))
    article = clean_article(raw_article("قال الوزير نعم. ثم غادر."), KEEP)
    with beam.Pipeline("FnApiRunner") as pipeline:
        shards = pipeline | beam.Create([Shard(0, (article,))]) | split_transform
        counts = shards | beam.Map(lambda shard: len(shard.articles[0].sentences))
        assert_that(counts, equal_to([2]))
