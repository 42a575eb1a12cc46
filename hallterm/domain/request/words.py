"""The closed sets of words in which a special request is told."""

from enum import StrEnum


class RequestState(StrEnum):
    """Where a request stands (特殊需求状态), in the order of the chain."""

    EXPLAINED = "explained"
    """The rule was explained; the customer has not answered yet."""
    STORE_MANAGER = "store_manager"
    """店面经理 is asked."""
    STORE_REPLY = "store_reply"
    """店面经理 has decided; the customer has to be told."""
    ACCOUNT_MANAGER = "account_manager"
    """客户经理 is asked."""
    HANDED_OVER = "handed_over"
    """客户经理 has it and replies, or looks for a superior's solution."""
    AUTHORISED = "authorised"
    """The hall may act under an authority that is used once."""
    HALL_REPLY = "hall_reply"
    """The hall has acted under the authority; the customer has to be told."""
    AGREEING = "agreeing"
    """Beyond both: hall and 客户经理 agree a reply."""
    AGREED_REPLY = "agreed_reply"
    """The reply is agreed; the hall has to give it."""
    VIP_OFFICE = "vip_office"
    """The form lies with 大客户服务室接口人."""
    HALL_OPERATIONS = "hall_operations"
    """The form lies with 营业管理室接口人 for approval."""
    RETURNED = "returned"
    """The form came back to 客户经理."""
    APPROVED = "approved"
    """Approved; it has to be sent on to the hall."""
    AT_HALL = "at_hall"
    """The hall waits for evidence and for the customer."""
    FOLLOW_UP = "follow_up"
    """Carried out or answered; 客户经理 has to follow up."""
    FOLLOWED_UP = "followed_up"
    """Followed up; the hall closes it."""
    CLOSED = "closed"


FORM_STATES = frozenset(
    {
        RequestState.VIP_OFFICE,
        RequestState.HALL_OPERATIONS,
        RequestState.RETURNED,
        RequestState.APPROVED,
        RequestState.AT_HALL,
    }
)
"""States in which an assistance form is on its way."""

REPLY_STATES = frozenset(
    {
        RequestState.EXPLAINED,
        RequestState.STORE_REPLY,
        RequestState.HANDED_OVER,
        RequestState.HALL_REPLY,
        RequestState.AGREED_REPLY,
    }
)
"""States in which the customer has been, or is to be, told something and answers."""


class Mood(StrEnum):
    """How the customer took it (客户反应), in the order of the digits."""

    SATISFIED = "satisfied"
    CALM = "calm"
    RELUCTANT = "reluctant"
    UPSET = "upset"
    ANGRY = "angry"


class Result(StrEnum):
    """How a request ended, and at which level it was solved (处理结果)."""

    EXPLANATION = "explanation"
    """The customer accepted the explanation."""
    STORE_MANAGER = "store_manager"
    ACCOUNT_MANAGER = "account_manager"
    """(a) 客户经理 took it over and replied."""
    AUTHORITY = "authority"
    """(b) The hall acted under 客户经理's authority."""
    AGREEMENT = "agreement"
    """(c) A reply agreed by both."""
    FORM = "form"
    """A superior's solution, carried out by the hall."""
    UNRESOLVED = "unresolved"
    """Not accepted; the customer was told of mediation and of legal ways."""
    WITHDRAWN = "withdrawn"


class DeclineReason(StrEnum):
    """Why a request, or a form, is refused (不同意原因), in the order of the digits."""

    BEYOND_AUTHORITY = "beyond_authority"
    AGAINST_LAW = "against_law"
    AGAINST_RULES = "against_rules"
    NOT_FEASIBLE = "not_feasible"
    NOT_ENTITLED = "not_entitled"


class ReturnReason(StrEnum):
    """Why a form goes back to 客户经理 (退回原因), in the order of the digits."""

    INCOMPLETE = "incomplete"
    UNCLEAR = "unclear"
    WRONG_HALL = "wrong_hall"
    NOT_DECIDED = "not_decided"
    """It doesn't say who decided the solution, or that one may not."""


class TakeReason(StrEnum):
    """Why a request is taken from its holder (接手原因), in the order of the digits."""

    AWAY = "away"
    SHIFT_ENDS = "shift_ends"
    UNREACHABLE = "unreachable"
    WRONG_PERSON = "wrong_person"


class WithdrawReason(StrEnum):
    """Why a request is withdrawn (撤回原因), in the order of the digits."""

    CHANGED_MIND = "changed_mind"
    SOLVED_OTHERWISE = "solved_otherwise"
    MISTAKE = "mistake"
    """Opened by mistake."""
    UNREACHABLE = "unreachable"
    """The customer can't be reached any more."""


class Superior(StrEnum):
    """Who of the customer-service centre decided a form's solution (决策人), S0."""

    VIP_OFFICE = "vip_office"
    """A manager of 大客户服务室."""
    QUALITY = "quality"
    """质量主管 quality supervisor of 客服中心."""
    CENTRE_LEADER = "centre_leader"
    """A leader of 客服中心."""


class Proof(StrEnum):
    """What the gate asks for before a solution is carried out (三项确认), S0."""

    MAIL = "mail"
    FAX = "fax"
    PHONE = "phone"


class VisitKind(StrEnum):
    """How the hall keeps what can't be done on the spot (预约方式)."""

    ON_SITE = "on_site"
    DELIVERY = "delivery"
    AT_HALL = "at_hall"
    """The customer comes again."""


class Confirmation(StrEnum):
    """What became of a decision that was given by phone (电话决定的确认)."""

    PENDING = "pending"
    CONFIRMED = "confirmed"
    DENIED = "denied"
    """The one named says it was not decided so."""
