"""A VIP in the hall of a test terminal."""

from hallterm.clock import SystemClock
from hallterm.configuration import load
from hallterm.desk import checklists, receptions
from hallterm.desk.accounts import sign_in
from hallterm.desk.desk import open_desk
from hallterm.desk.tickets import TicketDraft, take
from hallterm.domain.checklist.words import SkipReason
from hallterm.domain.refusal import Refusal
from hallterm.domain.tiers import Grade, Tier
from hallterm.store.keys import read_key
from tests.commands.terminal import CLERK, CLERK_PIN, Terminal
from tests.support.hall import done


def vip_is_received(hall: Terminal) -> str:
    """Let a VIP come and be received by the clerk, who leaves the tea out; return the number."""
    key = read_key(hall.folder / "config" / "hall.key")
    desk = open_desk(hall.store, key, SystemClock(), load(), "floor")
    who = sign_in(desk, CLERK, CLERK_PIN)
    assert not isinstance(who, Refusal)
    now = desk.clock.now()
    draft = TicketDraft(arrived_at=now, shown_at=now, tier=Tier.VIP, grade=Grade.GOLD)
    draft.business_ids = ["payment"]
    issued = take(desk, who.actor, draft)
    assert not isinstance(issued, Refusal)
    guest = issued.ticket.id
    done(receptions.accept(desk, who.actor, guest))
    done(checklists.tick_now(desk, who.actor, guest, "verify", ["card_shown"]))
    done(checklists.tick_now(desk, who.actor, guest, "club_services", ["easy_boarding"]))
    done(checklists.skip(desk, who.actor, guest, "tea", SkipReason.NOT_AVAILABLE))
    desk.close()
    return issued.ticket.number
