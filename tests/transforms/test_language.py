import pickle
import sys
import threading

import pytest
from hypothesis import given
from hypothesis import strategies as st

from transforms import language
from transforms.language import foreign, identify

THRESHOLD = 0.7

FOREIGN = {
    "fa": [
        "رئیس جمهور روز شنبه در جمع خبرنگاران گفت که دولت برای کنترل تورم برنامه‌های تازه‌ای دارد.",
        "وزیر امور خارجه ایران با همتای عراقی خود در تهران دیدار و گفت‌وگو کرد.",
        "قیمت نفت در بازارهای جهانی امروز با کاهش روبه‌رو شد.",
        "تیم ملی فوتبال ایران فردا در ورزشگاه آزادی به میدان می‌رود.",
        "به گزارش خبرگزاری ها، بارش برف در استان های شمالی ادامه دارد.",
    ],
    "ur": [
        "وزیر اعظم نے کہا ہے کہ حکومت عوام کو سستی بجلی فراہم کرے گی۔",
        "پولیس کے مطابق دھماکے میں تین افراد زخمی ہوئے ہیں۔",
        "پاکستان کرکٹ ٹیم کل لاہور میں اپنا پہلا میچ کھیلے گی۔",
        "اسلام آباد میں آج موسم خشک اور گرم رہنے کا امکان ہے۔",
    ],
    "ckb": [
        "سەرۆکی هەرێمی کوردستان لە هەولێر پێشوازی لە باڵیۆزی ئەمریکا کرد.",
        "پارێزگاری سلێمانی رایگەیاند کە پڕۆژەکە ساڵی داهاتوو تەواو دەبێت.",
        "نرخی نەوت لە بازاڕەکانی جیهان دابەزی.",
        "قوتابیان لە سەرەتای مانگی ئەیلوولدا دەگەڕێنەوە بۆ قوتابخانەکان.",
    ],
    "ps": [
        "په کابل کې د چاودنې له امله درې کسان ټپیان شوي دي.",
        "ولسمشر په خپله وینا کې د سولې پر اهمیت ټینګار وکړ.",
    ],
    "ug": [
        "شىنجاڭ ئۇيغۇر ئاپتونوم رايونىنىڭ مەركىزى ئۈرۈمچى شەھىرىدۇر.",
        "بۈگۈن ھاۋا ئوچۇق بولۇپ، تېمپېراتۇرا يىگىرمە گرادۇس ئەتراپىدا.",
        "ئوقۇغۇچىلار يېڭى مەۋسۇمدا مەكتەپكە قايتىپ كەلدى.",
    ],
    "en": [
        "The prime minister said on Saturday that talks would resume next week.",
        "Oil prices fell sharply in early trading.",
        "Police said three people were injured in the explosion.",
    ],
    "fr": [
        "Le ministre des affaires étrangères a déclaré que les négociations reprendraient.",
        "Les prix du pétrole ont chuté lundi matin.",
        "La police a annoncé que trois personnes avaient été blessées.",
    ],
}

ARABIC = {
    "news": "وقال الرئيس الإيراني حسن روحاني إن بلاده ملتزمة بالاتفاق النووي مع الدول الكبرى",
    "quran": "إِنَّا أَنْزَلْنَاهُ فِي لَيْلَةِ الْقَدْرِ وَمَا أَدْرَاكَ مَا لَيْلَةُ الْقَدْرِ",
    "basmala": "بِسْمِ اللَّهِ الرَّحْمَٰنِ الرَّحِيمِ الْحَمْدُ لِلَّهِ رَبِّ الْعَالَمِينَ",
    "poetry": "قفا نبك من ذكرى حبيب ومنزل بسقط اللوى بين الدخول فحومل",
    "short verse": "ومن لا عنده ذهبٌ فعنه الناس قد ذهبوا",
    "Egyptian": "أنا مش عارف إيه اللي حصل امبارح بس الناس كلها كانت زعلانة أوي",
    "Syrian": "شو عم تعمل هلق؟ بدي روح عالبيت بكير اليوم لأنو تعبان كتير",
    "Moroccan": "واش راك لاباس عليك خويا كيفاش داير مع الخدمة",
    "Iraqi": "گال الرجال گدام الناس چان عندنا بيت چبير بالبصرة",
    "names": "محمد أحمد علي حسن، خالد سعيد عمر، فاطمة الزهراء بوعلام، يوسف بن تاشفين",
    "Pakistani names": "صادق خان وشاهد خاقان عباسي ونواز شريف وآصف زرداري",
    "results": "مانشستر يونايتد 3 - 1 تشيلسي، ريال مدريد 2 - 2 برشلونة، بايرن ميونيخ 4 - 0",
    "borrowed letters": "جاي پي مورغان وگوگل وپاريس سان جيرمان في سباق المليار",
    "Persian keyboard": "علی لاریجانی رئیس البرلمان الایرانی یصل الی بیروت فی زیارة رسمیة",
    "foreign names": "وصلت شركة Samsung Electronics وشركة Apple Inc وشركة Google Ireland إلى تسوية",
    "presentation forms": "ﻭﺍﻋﺘﺒﺮ ﺭﺋﻴﺲ ﺍﻟﺘﺠﻤﻊ ﺍﻟﻮﻃﻨﻲ ﻟﻸﺣﺮﺍﺭ ﺃﻥ ﺣﺰﺑﻪ ﺍﺧﺘﺎﺭ ﺧﺪﻣﺔ ﺍﻟﻤﻐﺮﺏ",
    "tatweel": "مــا بعــد قــواتـنـا جـابـــت جهدها الأول في السباق",
    "address": "للمراسلة: https://www.example.com/watch/long/address/of/a/page.html",
}


@pytest.mark.parametrize(
    ("code", "sentence"), [(code, text) for code, texts in FOREIGN.items() for text in texts]
)
def test_sentence_in_another_language_is_told_apart(code, sentence):
    assert foreign(sentence, THRESHOLD) == code


def test_neighbour_of_persian_is_at_least_not_arabic():
    assert foreign("د افغانستان د بهرنيو چارو وزارت ویاند وویل چې خبرې به سبا پیل شي.", THRESHOLD)


@pytest.mark.parametrize("text", ARABIC.values(), ids=ARABIC)
def test_arabic_of_every_kind_stays(text):
    assert foreign(text, THRESHOLD) is None


def test_vowel_marks_change_nothing():
    plain = "كتب الولد الدرس في المدرسة الجديدة أمس صباحا"
    marked = "كَتَبَ الوَلَدُ الدَّرسَ في المَدرَسَةِ الجَديدةِ أَمسِ صَباحًا"
    assert identify(plain) == identify(marked)
    assert identify(plain).code == "ar"


@pytest.mark.parametrize("text", ["", "123 - 456", "BBC", "نعم", "a@b.com", "\ud800"])
def test_too_little_is_undetermined(text):
    assert identify(text) == ("und", 0.0)
    assert foreign(text, 0.0) is None


def test_threshold_decides():
    sentence = FOREIGN["fa"][0]
    score = identify(sentence).score
    assert foreign(sentence, score) == "fa"
    assert foreign(sentence, score + 1e-6) is None


def test_code_can_travel_and_the_model_stays_behind():
    assert pickle.loads(pickle.dumps(foreign)) is foreign


def test_library_that_can_download_is_not_loaded():
    identify(ARABIC["news"])
    assert "robust_downloader" not in sys.modules


def test_threads_share_one_model():
    language._load.cache_clear()
    models = []
    threads = [threading.Thread(target=lambda: models.append(language._model())) for _ in range(8)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert len({id(model) for model in models}) == 1


@given(st.text(max_size=3000))
def test_any_text_has_a_language_and_a_score(text):
    found = identify(text)
    assert found.code
    assert 0 <= found.score <= 1
    assert identify(text) == found
