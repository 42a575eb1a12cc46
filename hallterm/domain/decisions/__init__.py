"""The rules: each command answered with events or a refusal."""
