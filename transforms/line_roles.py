"""Lines of their own around an article: who wrote it, who sent it, what a picture shows."""

from __future__ import annotations

import re

from transforms.datelines import is_source_line
from transforms.folding import fold
from transforms.source_names import is_agency, is_ambiguous

_BYLINE_WORDS = 12
_NAME_WORDS = 4
_NAMES_WORDS = 8
_NAME_AND_PLACE_WORDS = 8
_CAPTION_WORDS = 25
_SOURCE_WORDS = 12

_BYLINE = re.compile(
    r"\(?(?:بقلم|كتب|كتبت|كتبه|كتبها|وكتب|إعداد|اعداد|أعده|أعدها|أعدته|ترجمة|ترجمه|ترجمها|تحرير"
    r"|متابعة|حاوره|حاورها|حاورته|حاورتها|حاورهما|أجرى الحوار|أجرت الحوار|أجراه|أجرته"
    r"|الكاتب|الكاتبة|المؤلف|المحرر|المحررة|المراسل|مراسل|مراسلنا|الناشر"
    r"|شعر|تقرير|تحقيق|حوار|تصوير|عدسة|رسم|بواسطة"
    r"|كتب بواسطة|نشر بواسطة|نشر من طرف|من طرف|نشره|كتابة|تدقيق|مراجعة|تمت الكتابة بواسطة"
    r"|تمت المراجعة بواسطة|تمت مراجعته بواسطة|تم التدقيق بواسطة|تم النشر بواسطة|تأليف"
    r"|إشراف|by|author|written by|posted by|text)"
    r"(?: و(?:تصوير|تحقيق|إعداد|ترجمة|حوار|تحرير))?"
    r"(?P<mark> ?[:/|–—-]+ ?| )(?P<names>\S.*)",
    re.IGNORECASE,
)
# These open headlines, too: `تقرير: ارتفاع أسعار النفط`.
_HEADLINE_WORDS = re.compile(r"\(?(?:تقرير|تحقيق|حوار|متابعة|شعر|تحرير|رسم|تصوير|text)\b")
_PICTURE_CREDIT = re.compile(r"\(?(?:تصوير|عدسة|رسم) ?[:/|–—-]")
_PROFESSION = re.compile(
    r"[*•-]? ?(?:كاتب|كاتبة|صحافي|صحافية|صحفي|صحفية|باحث|باحثة|أكاديمي|أكاديمية|إعلامي|إعلامية|محلل"
    r"|روائي|روائية|شاعر|شاعرة|مدون|مدونة|ناقد|ناقدة|مراسل|مراسلة)(?: \w+)*$"
)
_PROFESSION_WORDS = 4
_WITHOUT_MARK = re.compile(
    r"(?:بقلم|كتب|كتبت|حاوره|حاورها|حاورته|حاورتها|by|written by|posted by) ", re.I
)
_NOT_A_NAME = frozenset(
    fold(
        """
        في من إلى عن أن إن التي الذي هذا هذه مع بعد قبل قد لم لن لا ما أو ثم كان كانت بين حول
        ضد خلال الذين إذ رغم هو هي عبر نحو حتى منذ عند كيف لماذا هل متى أين له لها لهم
        عنه عنها فيه فيها به بها إذا كما لكن ليس غير كل بعض أول قال قالت أكد أعلن
        اليوم أمس وقال
        """
    ).split()
)
_TITLES_OF_PEOPLE = frozenset(
    fold("الكاتب الكاتبة الدكتور الدكتورة الأستاذ الصحفي الصحفية الشاعر المهندس الشيخ").split()
)
_SEPARATORS = re.compile(r"\s*[–—|ـ/،,]+\s*|\s*-+\s+|\s+-+\s*|(?<=\w)-(?=\w)")
_STOPS = ".!?؟…۔:؛"

_CAPTION_OPENING = re.compile(
    r"\(?(?:الصورة|صورة|صورة أرشيفية|تصوير|التعليق على الصورة|تعليق الصورة|شرح الصورة|صورة من)"
    r" ?[:،]"
    r"|(?:جانب من|جانبا من|لقطة من|لقطات من|مشهد من|صورة (?:أرشيفية|ارشيفية|من الأرشيف|تعبيرية"
    r"|توضيحية|نشرها|نشرتها|وزعتها|وزعها|من داخل|جوية|التقطت|تظهر|تذكارية|عامة|جماعية|لل|ل|من)"
    r"|صور (?:أرشيفية|متداولة|من))"
)
_ARCHIVE = re.compile(
    r"(?:أرشيف|ارشيف|أرشيفية) ?[-–/|:] ?(?:\S+ ?){1,4}"
    r"|(?:.{3,} ?[-–—,،/(] ?)?\(?(?:أرشيف|ارشيف|أرشيفية|ارشيفية|صورة أرشيفية|صورة ارشيفية|تعبيرية"
    r"|صورة تعبيرية|صورة توضيحية|من الأرشيف|أرشيفيه)\)?"
)
_CREDIT = re.compile(r".+[(\[](?P<credit>[^()\[\]]{2,40})[)\]]")
_ELSE_CREDITED = re.compile(
    r"مواقع التواصل(?: الاجتماعي)?|أرشيف\w*|ارشيف\w*|صورة أرشيفية|الإنترنت|إنترنت|تويتر|فيسبوك"
    r"|يوتيوب|من (?:صفحت|حساب)\w* .*|getty.*|.*/(?:afp|ap|reuters|getty)"
    r"|.*-(?:رويترز|أرشيف|أ ف ب|الفرنسية)|خاص.*",
    re.IGNORECASE,
)
# `وزير الدفاع يصافح نظيره خلال المؤتمر`: a caption says what is seen.
_SEEN = re.compile(
    r"\b(?:خلال (?:المؤتمر|الاجتماع|اللقاء|لقائه|المباراة|الجلسة|كلمته|كلمتها"
    r"|مؤتمر|اجتماع|لقاء|جلسة|حديثه|افتتاح)|أثناء (?:المؤتمر|الاجتماع|اللقاء|المباراة|كلمته)"
    r"|من اليمين|إلى اليمين|إلى اليسار)"
)
_SOURCE = re.compile(r"\(?(?:المصدر|المصادر|مصدر الخبر|مصدر|نقلا عن|وكالات الأنباء|عن) ?[:/-]+ ?")
# `ع.ج/ ح.ز (رويترز، د ب أ)`: the initials of editors.
_INITIALS = re.compile(
    r"\(?(?:\w{1,2} ?\. ?\w{1,2}\.?|\w{1,2}(?:\. ?\w{1,2}){1,3}\.?)"
    r"(?: ?[/،,\-–|] ?\w{1,2}[ .]{1,2}\w{0,2}(?:\. ?\w{1,2})*\.?)*\)?(?: ?\([^()]{2,60}\))?[.]?"
    r"|\w(?: \w){1,2} ?/ ?\w(?: \w){0,2}"
)
_TWEET_SIGNATURE = re.compile(
    r"(?:[—–-]+ ?)?.{0,80}\(?@\w{2,30}\)?(?:[ ·,،]+.{0,40}\d{4}.{0,12})?|[—–-]+ .{0,80}\(@\w+\).*"
)
_TWEET = re.compile(r"pic\.twitter\.com/\w+|https?://t\.co/\w+")

_COMMENTS_LABEL = re.compile(r"(?<!\w)(?:و?ال|و)?تعليق(?:ات|ك|ا|اً)(?!\w)")
_COMMENTS_LABEL_WORDS = 3
# `تعليقات القراء (0) طباعة إرسال`
_COMMENTS_COUNTER = re.compile(r"(?:ال)?تعليقات(?: \w+)? ?[(:\[] ?\d+")
_COUNTED_COMMENTS_WORDS = 7


def is_byline(text: str) -> bool:
    """Whether a line says who wrote, translated or asked: `بقلم: سامي كليب`."""
    if _PROFESSION.match(text) and text[-1] not in _STOPS:
        limit = _BYLINE_WORDS if text[0] == "*" else _PROFESSION_WORDS
        return len(text.split()) <= limit
    match = _BYLINE.match(text)
    if match is None or text[-1] in _STOPS or len(text.split()) > _BYLINE_WORDS:
        return False
    names = fold(match["names"]).split()
    if not names or not _NOT_A_NAME.isdisjoint(names) or "على" in text.split():
        return False
    if match["mark"].strip():
        return len(names) <= (_NAME_WORDS if _HEADLINE_WORDS.match(text) else _NAMES_WORDS)
    if _WITHOUT_MARK.match(text) is None or len(names) > _NAME_WORDS:
        return False
    return names[0][:2] != "ال" or (names[0] in _TITLES_OF_PEOPLE and len(names) > 1)


def is_picture_credit(text: str) -> bool:
    """Whether a line names who took a picture: `عدسة: سامي كليب`."""
    return _PICTURE_CREDIT.match(text) is not None and is_byline(text)


def is_name_and_place(text: str) -> bool:
    """Whether a line may be a reporter and his place or paper: `داليا أبو العيش – القاهرة`."""
    if text[-1] in _STOPS or len(text.split()) > _NAME_AND_PLACE_WORDS:
        return False
    if not _SEPARATORS.search(text):
        return False
    parts = [part for part in _SEPARATORS.split(text) if part]
    if not 2 <= len(parts) <= 4 or re.search(r"\d", text):
        return False
    return all(_looks_like_name(part) for part in parts)


def is_name(text: str) -> bool:
    """Whether nothing speaks against a line being the bare name of a person."""
    words = fold(text).split()
    return 2 <= len(words) <= _NAME_WORDS and _looks_like_name(text) and words[0][:2] != "ال"


def _looks_like_name(text: str) -> bool:
    words = fold(text).split()
    if "على" in text.split():  # folded, it is the name علي
        return False
    return 0 < len(words) <= _NAME_WORDS and _NOT_A_NAME.isdisjoint(words)


def is_agency_line(text: str) -> bool:
    """Whether a line names an agency or paper, and nothing else but a place: `(رويترز)`."""
    if len(text.split()) > _SOURCE_WORDS:
        return False
    source = _SOURCE.match(text)
    named = text[source.end() :] if source else text
    if not is_source_line(named.strip(" .*")):
        return False
    return source is not None or not (is_agency(named) and is_ambiguous(named))


def is_source(text: str) -> bool:
    """Whether a line names its source in other words: `المصدر: موقع وزارة الصحة`."""
    return len(text.split()) <= _SOURCE_WORDS and _SOURCE.match(text) is not None and text[0] != "ع"


def is_initials(text: str) -> bool:
    """Whether a line holds the initials of editors, and perhaps their agencies."""
    return len(text) <= 80 and _INITIALS.fullmatch(text) is not None


def is_caption(text: str) -> bool:
    """Whether a line stands under a picture, by its opening or its credit."""
    if len(text.split()) > _CAPTION_WORDS:
        return False
    stopped = text[-1] in _STOPS
    opening = _CAPTION_OPENING.match(text)
    if opening and (opening[0][-1] in ":،" or not stopped):
        return True
    credit = _CREDIT.fullmatch(text)
    if credit and (is_agency(credit["credit"]) or is_source_line(credit["credit"])):
        return True
    if credit and _ELSE_CREDITED.fullmatch(credit["credit"]):
        return True
    return _ARCHIVE.fullmatch(text) is not None


def may_be_caption(text: str) -> bool:
    """Whether a line under the title reads as if it said what a picture shows."""
    return text[-1] not in _STOPS and _SEEN.search(text) is not None and not text.startswith("قال")


def is_tweet_signature(text: str) -> bool:
    """Whether a line is what stands under a tweet: `— فلان (@fulan) March 3, 2016`."""
    return "@" in text and len(text) <= 160 and _TWEET_SIGNATURE.fullmatch(text) is not None


def is_tweet(text: str) -> bool:
    """Whether a line carries the addresses that only tweets have."""
    return _TWEET.search(text) is not None


def is_comments_label(text: str, words: int) -> bool:
    """Whether a line of so many words is the label above readers' comments, or their counter."""
    if text[-1] in ".!?؟…۔" or not _COMMENTS_LABEL.search(text):
        return False
    counted = words <= _COUNTED_COMMENTS_WORDS and _COMMENTS_COUNTER.match(text) is not None
    return words <= _COMMENTS_LABEL_WORDS or counted
