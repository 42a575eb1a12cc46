"""Which language a text comes in."""

from collections.abc import Iterator
from pathlib import Path

import pytest
from babel.messages.mofile import write_mo
from babel.messages.pofile import read_po

from hallterm.words import (
    LOCALE_FOLDER,
    _,
    choose_language,
    language,
    mark,
    ngettext,
    spoken_language,
    translate,
)
from hallterm.words.language import _catalogue


@pytest.fixture(autouse=True)
def _forget_choice() -> Iterator[None]:
    _catalogue.cache_clear()
    yield
    choose_language("")
    _catalogue.cache_clear()


@pytest.fixture
def english(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """An English catalogue compiled from the project's own."""
    compiled = tmp_path / "en" / "LC_MESSAGES"
    compiled.mkdir(parents=True)
    source = LOCALE_FOLDER / "en" / "LC_MESSAGES" / "hallterm.po"
    with source.open("rb") as po, (compiled / "hallterm.mo").open("wb") as mo:
        write_mo(mo, read_po(po))
    monkeypatch.setattr(language, "LOCALE_FOLDER", tmp_path)


def test_chinese_is_the_source(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.delenv("HALLTERM_LANGUAGE", raising=False)
    assert spoken_language() == "zh_CN"
    assert _("等候") == "等候"
    assert ngettext("等候", "等候", 2) == "等候"


@pytest.mark.usefixtures("english")
def test_settings_choose_the_language() -> None:
    choose_language("en")
    assert spoken_language() == "en"
    assert _("等候") == "Waiting"
    assert translate(mark("办结")) == "Done"
    choose_language("zh_CN")
    assert _("等候") == "等候"


@pytest.mark.usefixtures("english")
def test_the_environment_chooses_without_settings(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("HALLTERM_LANGUAGE", "en")
    assert _("等候") == "Waiting"


@pytest.mark.parametrize("strange", ["xx", "../../en", "en\0", "x" * 5000])
def test_a_strange_language_is_chinese(strange: str) -> None:
    choose_language(strange)
    assert _("等候") == "等候"
