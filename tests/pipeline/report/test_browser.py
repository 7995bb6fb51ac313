"""The page in a browser: Debian's Chromium, driven by Playwright."""

import os
import shutil

import pytest
from playwright.sync_api import sync_playwright

from pipeline.report.build import report
from tests.pipeline.report.corpora import infect, make_corpus

PAYLOAD = (
    "</script><script>window.hacked=1</script><img src=x onerror='window.hacked=1'>"
    '"><svg onload=window.hacked=1> javascript:window.hacked=1 <!--<script>'
)


@pytest.fixture(scope="module")
def browser():
    chromium = shutil.which("chromium") or shutil.which("chromium-browser")
    if chromium is None:
        # Continuous integration installs it and says so: there, its absence is no excuse.
        assert not os.environ.get("CHROMIUM_REQUIRED"), "chromium is not installed"
        pytest.skip("needs chromium: apt-get install chromium")
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=chromium)
        yield browser
        browser.close()


@pytest.fixture(scope="module")
def corpus_page(tmp_path_factory):
    return report(make_corpus(tmp_path_factory.mktemp("plain") / "corpus"))


@pytest.fixture(scope="module")
def hostile_page(tmp_path_factory):
    folder = make_corpus(tmp_path_factory.mktemp("hostile") / "corpus")
    infect(folder, PAYLOAD)
    return report(folder)


@pytest.fixture
def opened(browser):
    """Opens a page; in the end there was no error, and nothing was asked of any network."""
    complaints, asked, contexts = [], [], []

    def open_page(path, **options):
        contexts.append(browser.new_context(**options))
        page = contexts[-1].new_page()
        page.on("console", lambda message: complaints.append(message.text))
        page.on("pageerror", lambda error: complaints.append(str(error)))
        page.on("dialog", lambda dialog: complaints.append(dialog.message))
        page.on("request", lambda request: asked.append(request.url))
        page.goto(path.as_uri())
        page.wait_for_selector("html[data-charts=drawn]")
        assert asked == [path.as_uri()]
        return page

    yield open_page
    for context in contexts:
        context.close()
    assert complaints == []
    assert len(asked) == len(contexts)


def test_every_chart_is_drawn(opened, corpus_page):
    page = opened(corpus_page)
    charts = page.locator(".chart")
    assert charts.count() > 10
    assert page.locator(".chart svg.marks").count() == charts.count()
    labels = page.locator("#by-site svg").text_content()
    assert "الخبر" in labels
    assert "النهار" in labels
    assert (
        page.locator("#by-site svg").get_attribute("aria-label")
        or page.locator("#by-site [aria-label]").count()
    )


def test_buttons_choose_what_is_counted(opened, corpus_page):
    page = opened(corpus_page)
    before = page.locator("#by-day svg").inner_html()
    page.locator("#by-day").get_by_role("radio", name="tokens").check()
    page.wait_for_function(
        "before => document.querySelector('#by-day svg').innerHTML !== before", arg=before
    )


def test_word_tells_its_analysis_when_pointed_at(opened, corpus_page):
    page = opened(corpus_page)
    page.locator(".article summary").nth(1).click()
    page.locator(".word", has_text="قال").first.hover()
    assert "say" in page.locator("#analysis").inner_text()
    page.locator("h1").hover()
    assert page.locator("#analysis").is_hidden()


def test_words_are_reached_by_keyboard_from_right_to_left(opened, corpus_page):
    page = opened(corpus_page)
    page.locator("article .word").first.focus()
    first = page.locator("#analysis").inner_text()
    page.keyboard.press("ArrowLeft")
    second = page.locator("#analysis").inner_text()
    page.keyboard.press("ArrowRight")
    assert page.locator("#analysis").inner_text() == first != second
    page.keyboard.press("Escape")
    assert page.locator("#analysis").is_hidden()


def test_word_tells_its_analysis_when_tapped(opened, corpus_page):
    page = opened(corpus_page, has_touch=True, viewport={"width": 390, "height": 800})
    page.locator("article .word").first.tap()
    assert page.locator("#analysis").is_visible()
    inside = page.evaluate(
        "() => { const box = document.getElementById('analysis').getBoundingClientRect();"
        " return box.left >= 0 && box.right <= innerWidth }"
    )
    assert inside
    assert page.evaluate("document.documentElement.scrollWidth <= innerWidth")


def test_what_cleaning_took_out_is_shown_on_demand_and_struck_out(opened, corpus_page):
    page = opened(corpus_page)
    removed = page.locator("article del").first
    assert removed.is_hidden()
    page.get_by_label("Show what cleaning took out").check()
    assert removed.is_visible()
    assert "line-through" in removed.evaluate("one => getComputedStyle(one).textDecoration")


def test_arabic_runs_from_right_to_left(opened, corpus_page):
    page = opened(corpus_page)
    assert page.locator("article").first.evaluate("one => getComputedStyle(one).direction") == "rtl"
    words = page.locator("article").first.locator(".word")
    assert words.nth(0).bounding_box()["x"] > words.nth(1).bounding_box()["x"]


@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_text_stands_out_in_both_themes_and_the_reader_can_choose(opened, corpus_page, scheme):
    page = opened(corpus_page, color_scheme=scheme)
    assert (brightness(page, "body", "backgroundColor") > 128) == (scheme == "light")
    other = "dark" if scheme == "light" else "light"
    page.get_by_label("Theme").select_option(other)
    assert (brightness(page, "body", "backgroundColor") > 128) == (other == "light")
    assert (
        abs(
            brightness(page, "body", "backgroundColor")
            - brightness(page, "#by-site svg text", "fill")
        )
        > 150
    )


def brightness(page, selector, what):
    colour = page.locator(selector).first.evaluate(f"one => getComputedStyle(one).{what}")
    parts = [int(part) for part in colour[colour.index("(") + 1 : -1].split(",")[:3]]
    return sum(parts) / 3


def test_print_is_light_whatever_the_theme(opened, corpus_page):
    page = opened(corpus_page, color_scheme="dark")
    page.emulate_media(media="print")
    assert brightness(page, "body", "color") < 100
    assert page.locator("nav").is_hidden()


def test_hostile_text_cannot_run_script(opened, hostile_page):
    page = opened(hostile_page)
    page.get_by_label("Show what cleaning took out").check()
    page.locator("article .word").first.hover()
    assert "window.hacked" in page.locator("#analysis").inner_text()
    page.locator("#by-site svg path[aria-label]").first.hover(force=True)
    page.wait_for_selector("#vg-tooltip-element.visible")
    assert "window.hacked" in page.locator("#vg-tooltip-element").inner_text()
    page.evaluate("document.querySelectorAll('details').forEach(one => { one.open = true })")
    assert page.evaluate("window.hacked") is None


def test_policy_alone_would_stop_a_script(browser, corpus_page, tmp_path):
    text = corpus_page.read_text(encoding="utf-8")
    broken = tmp_path / "broken.html"
    script = "<script>window.hacked=1</script><img src=x onerror='window.hacked=1'>"
    broken.write_text(text.replace("<main", f"{script}<main", 1), encoding="utf-8")
    page = browser.new_page()
    complaints = []
    page.on("console", lambda message: complaints.append(message.text))
    page.goto(broken.as_uri())
    page.wait_for_selector("html[data-charts=drawn]")
    assert page.evaluate("window.hacked") is None
    assert any("Content Security Policy" in one for one in complaints)
    page.close()
