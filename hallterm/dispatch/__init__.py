"""Who is next, and how long it will take. Pure, like the domain."""
