"""Special requests (特殊需求): from "that is against the rules" to an answer (S0)."""
