import textwrap

import pytest
from hypothesis import given
from hypothesis import strategies as st

from transforms.normalise import normalise_lines
from transforms.source_lines import page_lines

PARAGRAPHS = (
    "# مزارعو الوادي يطالبون بخفض أسعار السماد بعد أن تضاعفت منذ بداية الموسم الماضي",
    "طالب مزارعون في الوادي أمس بخفض أسعار السماد التي تضاعفت منذ بداية الموسم، وقالوا إن كثيرا "
    "منهم قد يترك أرضه إذا لم تتدخل الوزارة قبل نهاية الشهر الجاري.",
    "ووعدت الوزارة بدراسة المطالب، من دون أن تحدد موعدا، وقال متحدث باسمها إن أسعار السماد ارتفعت "
    "في معظم دول المنطقة خلال العام الماضي بسبب كلفة النقل.",
    "وكان تجار السماد قد حذروا قبل أشهر من نقص في المخازن، وطالبوا بخفض الرسوم على المستورد منه، "
    "غير أن الوزارة قالت حينها إن المخزون يكفي حتى نهاية الموسم.",
)
DATE = "الأحد 3 مايو 2020 10:20 صـ"
HEADLINE = "«الزراعة»: خفض أسعار السماد في 5 محافظات"


def texts(source, has_title=False):
    return [line.normalised.text for line in page_lines(source, has_title)]


def wrapped(width, parting="\n\n"):
    return parting.join("\n".join(textwrap.wrap(text, width)) for text in PARAGRAPHS)


@pytest.mark.parametrize("width", [45, 60, 70])
def test_lines_broken_at_a_width_are_joined(width):
    assert texts(wrapped(width)) == list(PARAGRAPHS)


def test_a_joined_line_keeps_its_place_in_the_source():
    source = wrapped(60)
    for line in page_lines(source):
        assert line.normalised.text.split() == source[line.start : line.end].split()


def test_list_items_and_headings_of_a_broken_page_stay_on_their_own():
    source = (
        wrapped(60) + "\n\n* خفض أسعار السماد والبذور والوقود في محافظات الوادي\n* تأجيل القروض"
    )
    assert texts(source)[-2:] == [
        "* خفض أسعار السماد والبذور والوقود في محافظات الوادي",
        "* تأجيل القروض",
    ]


@pytest.mark.parametrize(
    "source",
    [
        "\n".join(PARAGRAPHS),
        "\n".join(f"{number} محافظة من محافظات الوادي البعيدة عن النهر." for number in range(20)),
        "\n".join(["قفا نبك من ذكرى حبيب ومنزل", "بسقط اللوى بين الدخول فحومل"] * 8),
    ],
)
def test_paragraphs_sentences_and_verse_are_no_broken_lines(source):
    assert texts(source) == [line.normalised.text for line in normalise_lines(source)]


def test_a_title_that_is_known_is_never_joined():
    assert texts("العنوان\n" + wrapped(60, "\n\n"), has_title=True)[0] == "العنوان"


def test_a_line_is_parted_around_dates_that_touch_their_neighbours():
    glued = f"{DATE}محافظات{HEADLINE}{DATE}كتب سالم الدوسري"
    assert texts(glued) == [DATE[:-1], "محافظات", HEADLINE, DATE[:-1], "كتب سالم الدوسري"]


def test_a_date_with_spaces_around_it_parts_no_line():
    line = f"اجتمعت اللجنة {DATE[:-1]} لبحث أسعار السماد"
    assert texts(line) == [line]


@given(st.text(alphabet="اب .\n#*-؟«»1:", max_size=300))
def test_lines_follow_each_other_and_hold_what_the_source_holds(source):
    lines = page_lines(source)
    ends = [0, *(line.end for line in lines)]
    assert all(end <= line.start for end, line in zip(ends, lines, strict=False))
    plain = "".join(line.normalised.text for line in normalise_lines(source))
    assert "".join(texts(source)).replace(" ", "") == plain.replace(" ", "")
