"""Every word a person reads: gettext, with zh_CN as the source language."""

from hallterm.words.language import _, ngettext

__all__ = ["_", "ngettext"]
