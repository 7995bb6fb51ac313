"""Articles of several sites, each different from all others, made from the words of real news."""

import datetime
import random

from schemas.records import Metadata, Origin, RawArticle
from schemas.settings import CleanSettings
from transforms.clean import clean_article

WORDS = """
أعلنت وزارة الصحة أمس ارتفاع عدد المصابين في محافظة الشرقية بعد وصول فريق طبي جديد إلى المدينة
وقال المتحدث باسم الحكومة إن الرئيس سيلتقي نظيره الفرنسي خلال زيارته المقبلة لبحث ملف الطاقة
وأضاف أن البنك المركزي رفع أسعار الفائدة للمرة الثالثة هذا العام وسط مخاوف من التضخم وتراجع العملة
وكان المنتخب الوطني قد فاز على ضيفه بهدفين مقابل هدف واحد في مباراة أقيمت على ملعب العاصمة مساء
وأوضح تقرير للأمم المتحدة أن آلاف اللاجئين عبروا الحدود هربا من القتال الذي اندلع شمال البلاد
ودعا خبراء المناخ إلى خفض الانبعاثات محذرين من موجات حر غير مسبوقة قد تضرب المنطقة الصيف القادم
""".split()


def body(number, words=60):
    """Running text unlike that of any other number, in paragraphs of 20 words."""
    chosen = random.Random(number).choices(WORDS, k=words)  # noqa: S311
    lines = (" ".join(chosen[start : start + 20]) for start in range(0, words, 20))
    return "\n".join(f"{line}." for line in lines)


def edited(text, share, seed=0):
    """The text with that share of its words replaced."""
    chance = random.Random(seed)  # noqa: S311
    words = (chance.choice(WORDS) if chance.random() < share else word for word in text.split(" "))
    return " ".join(words)


def raw(number, text, site="الخبر", day=None, title="عنوان الخبر"):
    """The article of that number, as read."""
    published = None if day is None else datetime.datetime(2026, 1, day, tzinfo=datetime.UTC)
    origin = Origin(
        f"d{number:04}", "news.jsonl", number, "0" * 64, "application/x-ndjson",
        "utf-8", "valid", 1.0,
    )  # fmt: skip
    return RawArticle(
        origin, Metadata(title=title, site=site, published=published), f"{title}\n{text}"
    )


def clean(number, text, **described):
    """The same, cleaned."""
    return clean_article(raw(number, text, **described), CleanSettings())
