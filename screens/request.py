"""One special request: how it stands, its whole story, and what can be done next."""

import asyncio
from typing import TYPE_CHECKING

from textual.app import ComposeResult

from hallterm.desk.request_acts import Offer
from hallterm.desk.request_views import RequestPage
from hallterm.desk.views import Moment
from hallterm.screens.base import HallScreen
from hallterm.screens.commands.request import STORY_KEYS, StoryState
from hallterm.screens.request_flow import as_somebody, carry_out, offer_words
from hallterm.screens.request_head import RequestHead
from hallterm.screens.request_words import why_not
from hallterm.screens.widgets.act_grid import MOST, ActGrid
from hallterm.screens.widgets.choice_list import Choice
from hallterm.screens.widgets.news import Tone
from hallterm.screens.widgets.picker import Picker
from hallterm.screens.widgets.story_pane import StoryPane
from hallterm.styles import sheet
from hallterm.words import _

if TYPE_CHECKING:
    from hallterm.screens.request_work import RequestWork


class RequestScreen(HallScreen[StoryState]):
    """The story above, the digits below; nobody decides without having seen it."""

    KEYS = STORY_KEYS
    CSS_PATH = sheet("request")
    AUTO_FOCUS = "StoryPane"
    SHOWS_REQUESTS = False

    def __init__(self, work: "RequestWork", request_id: str) -> None:
        super().__init__()
        self.work = work
        self._request_id = request_id
        self._page: RequestPage | None = None

    @property
    def state(self) -> StoryState:
        """The request as last read."""
        return StoryState(self._page)

    def digits_mean(self) -> str:
        """Digits do the next step."""
        return _("办下一步") if self._offers else ""

    @property
    def _offers(self) -> tuple[Offer, ...]:
        return self._page.offers if self._page else ()

    def compose_body(self) -> ComposeResult:
        """Yield how it stands, the story, and what can be done."""
        yield RequestHead()
        yield StoryPane()
        yield ActGrid()

    def on_mount(self) -> None:
        """Read the request."""
        super().on_mount()
        self.reload()

    def tick(self, moment: Moment) -> None:
        """Show a new second, and what others have done."""
        super().tick(moment)
        if self.is_mounted:
            self.query_one(RequestHead).tick(moment)
            self.reload()

    def reload(self) -> None:
        """Read the request again, unless that is under way."""
        if not any(w.group == "page" and not w.is_finished for w in self.workers):
            self.run_worker(self._read(), group="page")

    async def _read(self) -> None:
        page = await self.ask(self.work.page, self._request_id)
        if page is None or page == self._page:
            return
        self._page = page
        self.query_one(RequestHead).show(page, self.moment)
        self.query_one(StoryPane).show(page.story)
        titles = [(offer_words(offer), offer.refusal is None) for offer in page.offers]
        if len(titles) > MOST:
            titles = [*titles[: MOST - 1], (_("更多（F4）"), True)]
        self.query_one(ActGrid).show(titles, _("现在没有要您办的"))
        self.refresh_keys()

    def digit(self, digit: str) -> bool:
        """Do one of the things offered."""
        place = int(digit) - 1
        if not 0 <= place < len(self._offers):
            return True
        if place == MOST - 1 and len(self._offers) > MOST:
            self.action_command("story.more")
        else:
            self.run_worker(self._do(self._offers[place]), group="commands")
        return True

    async def _do(self, offer: Offer) -> None:
        if self._page is None:
            return
        async with self._turn:
            await carry_out(self, self.work, self._page, offer)
            await self._read()

    async def do_somebody(self) -> None:
        """Let somebody else do a step here."""
        if self._page is not None:
            await as_somebody(self, self.work, self._page)
            await self._read()

    async def do_more(self) -> None:
        """List everything that can be done."""
        page = self._page
        if page is None:
            return
        choices = [
            Choice(offer, offer_words(offer), why_not(offer.refusal) if offer.refusal else "")
            for offer in page.offers
        ]
        if not choices:
            self.say(_("现在没有要您办的。"))
            return
        offer = await self.app.push_screen_wait(Picker(_("做什么？"), choices, page.asked))
        if offer is not None:
            await carry_out(self, self.work, page, offer)
            await self._read()

    async def do_customer(self) -> None:
        """Show the customer."""
        work = self.shell.work
        if work is None or self._page is None:
            return
        from hallterm.screens.customer import CustomerScreen  # noqa: PLC0415 - only when wanted

        person_id = self._page.row.person_id
        await self.app.push_screen(CustomerScreen(work.customers, work.search, person_id))

    async def do_print(self) -> None:
        """Print the story."""
        lines = await self.ask(self.work.lines, self._request_id)
        if lines:
            # Not on the desk's thread: a printer may take seconds.
            said = await asyncio.to_thread(self.work.print, lines)
            self.say(said or _("经过已打印。"), Tone.REFUSED if said else Tone.DONE)
