"""hallterm: the counters of a telecom service hall (营业厅), in a terminal."""

__version__ = "0.1.0"
