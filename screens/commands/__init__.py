"""Everything a key can do, in one table: bindings, key bar, menu, help and keymap come from it."""
