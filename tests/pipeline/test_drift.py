from pipeline.drift import drifts, rates


def totals(planned=100, rejected=2, sentences=1000):
    counts = {
        "planned": planned, "documents": planned - rejected, "rejected": rejected,
        "sentences": sentences, "entities": sentences // 2, "duplicates": 3,
    }  # fmt: skip
    return {"counts": counts, "metrics": {"analyse.tokens": 10_000, "analyse.unknown": 300}}


def nights(count, **more):
    return [
        {"state": "done", "rates": rates(totals(rejected=1 + n % 3, **more))} for n in range(count)
    ]


def test_usual_night_is_not_worth_a_word():
    assert drifts(rates(totals()), nights(10)) == []


def test_night_of_many_rejections_is_named_with_both_figures():
    (warning,) = drifts(rates(totals(rejected=40, sentences=600)), nights(10))
    assert warning.startswith("rejected per article: 0.4 tonight, 0.02")


def test_few_nights_or_few_articles_say_nothing():
    assert drifts(rates(totals(rejected=40)), nights(4)) == []
    assert rates(totals(planned=5)) == {}


def test_failed_nights_do_not_count():
    failed = [{"state": "failed"}] * 10
    assert drifts(rates(totals(rejected=40)), failed) == []
