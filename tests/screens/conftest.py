"""What the snapshot plugin needs to write plain .svg files under this syrupy."""

from pytest_textual_snapshot import SVGImageExtension

SVGImageExtension.file_extension = "svg"
