"""A page of news, and what was read of it."""

TITLE = "مجلس الوزراء يقر خطة لتحلية مياه البحر في ثلاث محافظات"
FIRST = (
    "أقر مجلس الوزراء في جلسته الأسبوعية خطة لإنشاء ثلاث محطات لتحلية مياه البحر حتى نهاية العام."
)
SECOND = "وقال وزير الري إن المحطة الأولى ستبدأ العمل في الربيع المقبل وتخدم نصف مليون نسمة."
BODY = f"<p>{FIRST}</p><p>{SECOND}</p>"


def page(body, head=""):
    return f"<!DOCTYPE html><html dir=rtl><head>{head}</head><body>{body}</body></html>"


def article(body=BODY, title=TITLE, head=""):
    return page(f"<article><h1>{title}</h1><div class=entry-content>{body}</div></article>", head)


def lines(result):
    return [
        (result.source[mark.start : mark.end], mark.kind, mark.reason, mark.main)
        for mark in result.markup
    ]


def kept(result):
    return [text for text, _, reason, main in lines(result) if main and reason is None]
