"""What tests share: a founded hall, a hall without a store, worker processes."""
