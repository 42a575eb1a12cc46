"""Making the files of the machine on which a hub runs hold at every terminal (发布配置)."""

from hallterm.desk.desk import Desk, Done
from hallterm.desk.founding import INSTALLER
from hallterm.domain.company.commands import PublishRules
from hallterm.domain.refusal import Refusal
from hallterm.domain.rulebook import Rulebook


def publish(desk: Desk) -> Done | Refusal:
    """Publish the configuration that this desk was opened with; nothing happens if it holds."""
    told = desk.configuration.model_dump(mode="json")
    text = Rulebook.model_validate(told).model_dump_json()
    return desk.act(INSTALLER, PublishRules(digest=desk.configuration.digest, text=text))
