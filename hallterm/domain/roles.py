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
    ACCOUNT_MANAGER = "account_manager"
    """客户经理 account manager: looks after named VIPs."""
    VIP_LIAISON = "vip_liaison"
    """大客户服务室接口人 VIP-office liaison."""
    OPERATIONS_LIAISON = "operations_liaison"
    """营业管理室接口人 hall-operations liaison."""
    VIP_OFFICE_MANAGER = "vip_office_manager"
    """大客户服务室经理 VIP-office manager: signs the fax of an assistance form."""
    KIOSK = "kiosk"
    """A machine of the hall (取号机, a script) that no person has signed in to."""


MANAGERS = frozenset({Role.STORE_MANAGER, Role.DUTY_MANAGER})
FLOOR = frozenset({Role.CLERK, Role.GREETER, *MANAGERS})
"""Everybody who works with customers."""
OFFICES = frozenset(
    {Role.ACCOUNT_MANAGER, Role.VIP_LIAISON, Role.OPERATIONS_LIAISON, Role.VIP_OFFICE_MANAGER}
)
"""Those outside the hall through whose hands a special request goes (S0)."""
CARERS = FLOOR | {Role.ACCOUNT_MANAGER, Role.VIP_LIAISON, Role.VIP_OFFICE_MANAGER}
"""Everybody who addresses customers, and so sees their names whole."""
EVERYBODY = frozenset(Role)
