"""The words by which the end of a sentence is told, folded."""

from __future__ import annotations

import re

from transforms.folding import fold

# `د.` doctor, `م.` engineer, `أ.` professor, with a conjunction or preposition on them.
TITLES = frozenset({"ود", "لد", "وم", "وا", "اد", "واد", "ذه", "وذه", "بروف"})
PREFIXES = frozenset("لوبكف")  # typed apart from their word: `ل د. محمد`
LATIN_ABBREVIATIONS = frozenset(
    fold("mr mrs ms dr prof st vs no gen col lt sen rep gov jr sr inc ltd corp co").split()
)
# Latin letters as Arabic spells them: بي. بي. سي.
LETTER_NAMES = frozenset(
    fold(
        """
        إيه أيه بي سي دي إي إف جي جيه إتش آي كيه كي إل إم إن أو كيو آر إس تي يو في دبليو إكس واي زد
        """
    ).split()
)
# What a number before them counts.
UNITS = frozenset(
    fold(
        """
        م هـ د ث س ن ق ط ص ل غ كم كلم سم ملم مم مل لتر غم كغ كغم كلغ كجم جم ملغ ملجم طن
        """
    ).split()
)
# They number what follows: رابعا. مارس الرياضة
ORDINALS = frozenset(
    fold("أولا ثانيا ثالثا رابعا خامسا سادسا سابعا ثامنا تاسعا عاشرا أخيرا").split()
)
ITEMS = frozenset(fold("المادة مادة البند الفصل الفقرة الباب القسم السؤال الخطوة القاعدة").split())
# A letter after these names a thing, so a stop after the letter is a full stop.
LETTERED = frozenset(
    fold(
        """
        فيتامين فيتامينات المجموعة مجموعة الفئة فئة النوع نوع الفيروس فيروس الكبد الكبدي التهاب حرف
        الحرف الدرجة درجة القسم الفقرة فقرة البند بند البوابة بوابة الدوري الخيار النقطة
        """
    ).split()
)
# Names of top-level domains as they are said: العربية.نت
SPOKEN_DOMAINS = frozenset({"نت", "كوم", "اورج", "اورغ", "نيوز"})
# Words that open a sentence of a report and go on no name, and hardly an ellipsis.
REPORTS = frozenset(
    fold(
        """
        وقال وقالت وقالوا وأضاف وأضافت وأضافوا وأكد وأكدت وأوضح وأوضحت وأشار وأشارت وذكر وذكرت
        وتابع وتابعت وأعلن وأعلنت وصرح وصرحت ولفت ولفتت وشدد وشددت وأفاد وأفادت ونقل ونقلت واعتبر
        واعتبرت ورأى وأعرب وأعربت وكشف وكشفت وطالب وطالبت ودعا ودعت وحذر وحذرت وختم واختتم واستطرد
        واستدرك وأردف وزاد وبين وبينت ونوه ونفى ونفت وأبدى وأبدت وأبرز وأبان وكتب وكتبت وسأل وأجاب
        وكان وكانت ويأتي وتأتي وجاء وجاءت ويذكر ويشار وتجدر وجدير ويرى ويقول وتقول ويضيف وتضيف
        ويؤكد ويوضح وتوضح ويشير وتشير كما فقال فقالت فقلت فأجاب فأجابت فرد فردت
        """
    ).split()
)
OPENERS = REPORTS | frozenset(
    fold(
        """
        وفي ومن وعن وعلى وإلى وبحسب ووفق ووفقا وحسب ولم ولا ولن وقد ولقد وهو وهي وهم وهذا وهذه وذلك
        وتلك ومع وبعد وقبل ومنذ وعند وعندما ولكن وإذا وإن وأن وما وأما ولو وحتى ولذلك وبذلك وهكذا
        وهنا وهناك ويجب ويمكن ويبدو وليس وليست وبدأ وبدأت وتم ويتم وتمت وسوف وكل وكذلك وأيضا وخلال
        لكن ثم أما إلا غير بينما وبينما فيما هذا هذه هناك هنا يذكر يشار جدير تجدر
        فهو فهي فهم فإنه فإنها فلا فلم فلن فقد فلقد فليس فهذا فهذه فهناك هنالك
        لقد قد لم لن لا قال قالت أضاف أكد كان كانت ليس هو هي هل لماذا كيف بعد قبل منذ عند عندما
        """
    ).split()
)
QUESTIONS = frozenset(fold("هل لماذا كيف").split())  # those of them that may follow an address
AND_IMPERFECTIVE = re.compile(r"و[تين]\w{2,}")  # وتقع، ويبلغ، ونعلم: on folded words
# Verbs of speech that stand behind what was said: «لن نعود.» قال الوزير
SPEECH = frozenset(
    fold(
        """
        قال قالت يقول تقول قالها سأل سألت يسأل تسأل تساءل تساءلت أجاب أجابت يجيب تجيب رد ردت هتف
        هتفت صاح صاحت صرخ صرخت علق علقت يعلق تعلق كتب كتبت يكتب تكتب أضاف أضافت يضيف تضيف
        """
    ).split()
)
# Verbs of asking, and whom, that stand behind the question.
ASKED = frozenset(
    fold("سأله سألها سألهم سألته سألتها سألتهم يسأله يسألها تسأله تسألها أسأله").split()
)
# Words that open an adverbial, which by itself is no sentence.
ADVERBIALS = frozenset(
    fold(
        """
        في وفي من ومن على وعلى إلى وإلى عن وعن مع ومع بعد وبعد قبل وقبل منذ ومنذ عند وعند حتى وحتى
        خلال وخلال بين وبين تحت فوق أمام وراء خلف حول نحو دون بدون عبر ضد حسب مثل لأن حين
        عندما حينما كلما بينما إذا لو الذي التي الذين أو أي بل إلا سوى بالنسبة بالصور بالفيديو
        """
    ).split()
)
# Openings of a clause that another must follow: عندما سألته: «لماذا؟» ضحك
CONDITIONS = frozenset(
    fold("إن إذا لو لما عندما حين حينما كلما وإذا ولو ولما وعندما وحين وحينما وكلما فإذا").split()
)
# By these somebody is called, and not yet told anything: يا أبناء شعبي.. أنا باق
VOCATIVES = frozenset(fold("يا ويا فيا أيها أيتها").split())
# Words that cannot be the last of a clause.
CONJUNCTIONS = frozenset(
    fold("و ثم لكن ولكن أن وأن إن وإن لأن فإن أم كما لن لم لا ما قد هل كان كانت يكون تكون").split()
)
