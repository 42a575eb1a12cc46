"""The story of a request: one paragraph an event, with everything that was said."""

from collections.abc import Sequence
from typing import ClassVar

from rich.text import Text
from textual.app import ComposeResult
from textual.binding import BindingType
from textual.containers import VerticalScroll
from textual.widgets import Static

from hallterm.desk.request_views import StoryLine
from hallterm.domain.request.words import Confirmation
from hallterm.screens.cells import plain
from hallterm.screens.commands.everywhere import LIST_KEYS
from hallterm.words import _
from hallterm.words.request_words import request_event_word
from hallterm.words.terms import term


class StoryPane(VerticalScroll):
    """Scrolls by the keys of a list; begins at the end, where the latest stands."""

    BINDINGS: ClassVar[list[BindingType]] = [command.binding() for command in LIST_KEYS]
    COMPONENT_CLASSES: ClassVar[set[str]] = {
        "story--time",
        "story--event",
        "story--label",
        "story--words",
        "story--short",
        "story--overdue",
    }

    def __init__(self) -> None:
        super().__init__()
        self._story: tuple[StoryLine, ...] = ()

    def compose(self) -> ComposeResult:
        """Yield the text."""
        yield Static(id="story-text", markup=False)

    def show(self, story: Sequence[StoryLine]) -> None:
        """Show a story, its end in sight."""
        if tuple(story) != self._story:
            self._story = tuple(story)
            self.query_one("#story-text", Static).update(self._text())
            self.call_after_refresh(self.scroll_end, animate=False)

    @property
    def text(self) -> str:
        """What is shown."""
        return self._text().plain

    def _text(self) -> Text:
        style = self.get_component_rich_style
        found = Text()
        for number, line in enumerate(self._story):
            found.append("\n" if number else "")
            found.append(f" {line.at:%m-%d %H:%M}  ", style("story--time"))
            found.append(request_event_word(line.event), style("story--event"))
            if line.detail:
                found.append(f"  {plain(line.detail)}", style("story--words"))
            who = f"{plain(line.who.name)} {line.who.staff_id}".strip()
            found.append(f"  {who}  {plain(line.device)}", style("story--label"))
            if line.mood:
                found.append(_("  客户{mood}").format(mood=term(line.mood)), style("story--words"))
            if line.confirmation:
                open_ = line.confirmation is not Confirmation.CONFIRMED
                look = style("story--short") if open_ else style("story--label")
                found.append(f"  {term(line.confirmation)}", look)
            if line.disputed:
                found.append(_("  !! 有争议，待核实"), style("story--overdue"))
            for words in line.words:
                found.append(f"\n              {plain(words)}", style("story--words"))
        return found

    def action_move(self, by: int) -> None:
        """Scroll by lines."""
        self.scroll_relative(y=by, animate=False)

    def action_page(self, by: int) -> None:
        """Scroll by pages."""
        self.scroll_relative(y=by * max(self.size.height - 1, 1), animate=False)

    def action_edge(self, end: int) -> None:
        """Scroll to the first or the last line."""
        if end < 0:
            self.scroll_home(animate=False)
        else:
            self.scroll_end(animate=False)
