"""Roles of the staff, and which commands each may give."""

from enum import StrEnum


class Role(StrEnum):
    """A job in the hall (岗位)."""

    CLERK = "clerk"
    """营业员 counter clerk."""
    GREETER = "greeter"
    """引导员 greeter, guide."""
    STORE_MANAGER = "store_manager"
    """店面经理 store manager."""
    DUTY_MANAGER = "duty_manager"
    """值班经理 duty manager."""
    ADMINISTRATOR = "administrator"
    """系统管理员 administrator."""
    KIOSK = "kiosk"
    """A machine of the hall (取号机, a script) that no person has signed in to."""


MANAGERS = frozenset({Role.STORE_MANAGER, Role.DUTY_MANAGER})
FLOOR = frozenset({Role.CLERK, Role.GREETER, *MANAGERS})
"""Everybody who works with customers."""
EVERYBODY = frozenset(Role)
