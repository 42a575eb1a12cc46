"""The one table of all commands. A new screen adds its tuple here."""

from collections import Counter
from typing import Any

from hallterm.screens.commands.appointment import APPOINTMENTS_KEYS, ERRANDS_KEYS, SLOT_KEYS
from hallterm.screens.commands.board import BOARD_KEYS
from hallterm.screens.commands.command import Command
from hallterm.screens.commands.contradiction import CONTRADICTION_KEYS
from hallterm.screens.commands.counter import COUNTER_KEYS
from hallterm.screens.commands.customer import CUSTOMER_KEYS, FINDER_KEYS
from hallterm.screens.commands.dialog import DIALOG_KEYS
from hallterm.screens.commands.dispatching import DISPATCH_KEYS
from hallterm.screens.commands.diversion import CALL_BACK_KEYS, DIVERSION_KEYS
from hallterm.screens.commands.end_of_day import DAYS_KEYS, END_OF_DAY_KEYS
from hallterm.screens.commands.entrance import FAULT_KEYS, LOCK_KEYS, SEAT_KEYS, SIGN_IN_KEYS
from hallterm.screens.commands.everywhere import EVERYWHERE, LIST_KEYS
from hallterm.screens.commands.form import FORM_KEYS
from hallterm.screens.commands.letter import LETTER_KEYS
from hallterm.screens.commands.reception import (
    CHECKLIST_KEYS,
    CHECKLISTS_KEYS,
    RECEPTION_KEYS,
    RECEPTIONS_KEYS,
    STEP_KEYS,
)
from hallterm.screens.commands.request import INBOX_KEYS, STORY_KEYS
from hallterm.screens.commands.session import SESSION_KEYS
from hallterm.screens.commands.setup import (
    BUSINESSES_KEYS,
    COUNTERS_KEYS,
    FIRST_RUN_KEYS,
    OFFICE_KEYS,
    STAFF_KEYS,
    WIZARD_KEYS,
)
from hallterm.screens.commands.ticket_desk import TICKET_DESK_KEYS

PLACES: dict[str, tuple[Command[Any], ...]] = {
    "general": EVERYWHERE,
    "list": LIST_KEYS,
    "counter": COUNTER_KEYS,
    "board": BOARD_KEYS,
    "tickets": TICKET_DESK_KEYS,
    "customers": CUSTOMER_KEYS,
    "finder": FINDER_KEYS,
    "end_of_day": END_OF_DAY_KEYS,
    "days": DAYS_KEYS,
    "dispatch": DISPATCH_KEYS,
    "diversion": DIVERSION_KEYS,
    "call_backs": CALL_BACK_KEYS,
    "contradictions": CONTRADICTION_KEYS,
    "letters": LETTER_KEYS,
    "dialog": DIALOG_KEYS,
    "session": SESSION_KEYS,
    "entrance": SIGN_IN_KEYS,
    "lock": LOCK_KEYS,
    "seat": SEAT_KEYS,
    "fault": FAULT_KEYS,
    "form": FORM_KEYS,
    "first": FIRST_RUN_KEYS,
    "wizard": WIZARD_KEYS,
    "office": OFFICE_KEYS,
    "counters": COUNTERS_KEYS,
    "staff": STAFF_KEYS,
    "businesses": BUSINESSES_KEYS,
    "receptions": RECEPTIONS_KEYS,
    "reception": RECEPTION_KEYS,
    "step": STEP_KEYS,
    "inbox": INBOX_KEYS,
    "story": STORY_KEYS,
    "checklists": CHECKLISTS_KEYS,
    "appointments": APPOINTMENTS_KEYS,
    "slot": SLOT_KEYS,
    "errands": ERRANDS_KEYS,
    "checklist": CHECKLIST_KEYS,
}
"""Commands by the first part of their id."""

COMMANDS: dict[str, Command[Any]] = {
    command.id: command for commands in PLACES.values() for command in commands
}
"""Every command by its id."""


def doubled_ids() -> list[str]:
    """Return ids that two commands share; must be empty."""
    count = Counter(command.id for commands in PLACES.values() for command in commands)
    return [command_id for command_id, times in count.items() if times > 1]
