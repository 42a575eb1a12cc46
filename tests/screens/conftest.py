"""What the snapshot plugin needs to write plain .svg files under this syrupy."""

from pytest_textual_snapshot import (  # type: ignore[import-untyped]  # the plugin has no types
    SVGImageExtension,
)

SVGImageExtension.file_extension = "svg"
