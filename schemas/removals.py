"""The closed list of reasons for which cleaning takes a line out of an article."""

from __future__ import annotations

REMOVAL_REASONS: dict[str, str] = {
    "navigation": "menus, sections, breadcrumbs, links to the top, to more, to another page",
    "related": "links to other articles and the words that introduce them",
    "sharing": "buttons to share, print, save or send; invitations to follow on social media",
    "comments": "the form, the rules and the counters of readers' comments",
    "subscription": "newsletters, notifications, accounts, applications to install",
    "ad_blocker": "pleas to turn an ad blocker off",
    "advertisement": "labels and slots of advertisements",
    "cookies": "notices on cookies and privacy",
    "copyright": "who owns the page and what may be done with it",
    "player": "messages and labels of audio, video and picture viewers",
    "tags": "the list of key words and its label",
    "signature": "the name of the site, agency or source that closes an article",
    "timestamp": "when the page was published, updated or read, and how often",
    "image_slug": "the file name of a picture",
    "web_address": "an address of the web or of mail that stands alone",
    "separator": "a line without any letter or digit",
    "code": "program text of the page",
    "repeated_title": "the title once more",
    "repeated": "a line that comes back in many articles of the site",
    "aside": "a part of the page that its HTML sets apart from the article",
    "byline": "who wrote the article, on a line of its own",
    "agency": "the agency that sent it, on a line of its own",
    "caption": "what stands under a picture",
    "other_language": "a paragraph in another language",
}
