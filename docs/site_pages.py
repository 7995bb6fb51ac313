"""Hook of MkDocs: the pages of the site lie where they lie in the repository.

So a link from page to page is the same here and on a forge, and MkDocs checks it.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from pathlib import Path

from mkdocs.config.defaults import MkDocsConfig
from mkdocs.structure.files import File, Files

_ROOT = Path(__file__).resolve().parent.parent
_PAGES = ("*.md", "docs/*.md", "models/*.md", "models/*/*.md", "tests/*/*.md")
_ASSETS = ("docs/*.css", "docs/*.js")
_LINK = re.compile(r"\]\(([^)#:]+)|(?:src|href)=\"([^\"#:]+)")


def on_files(files: Files, config: MkDocsConfig) -> Files:
    """Put the repository's pages, and the files that they link to, in the place of docs_dir."""
    theme = [file for file in files if file.src_dir != config.docs_dir]
    pages = [path for pattern in _PAGES for path in sorted(_ROOT.glob(pattern))]
    assets = [path for pattern in _ASSETS for path in _ROOT.glob(pattern)]
    paths = dict.fromkeys([*pages, *assets, *(file for page in pages for file in _linked(page))])
    return Files([*theme, *(_file(path, config) for path in paths)])


def _linked(page: Path) -> Iterator[Path]:
    """The files of the repository that a page names."""
    for match in _LINK.finditer(page.read_text(encoding="utf-8")):
        target = (page.parent / (match[1] or match[2])).resolve()
        if target.is_file() and target.is_relative_to(_ROOT):
            yield target


def _file(path: Path, config: MkDocsConfig) -> File:
    name = path.relative_to(_ROOT).as_posix()
    return File(name, str(_ROOT), config.site_dir, config.use_directory_urls)
