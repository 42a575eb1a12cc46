"""The reception of a VIP (VIP 接待): offered to a dedicated person, accepted, seen off (S0).

One reception a VIP ticket, with the ticket's id. It follows the ticket: it opens when the ticket is
a VIP's and closes when the customer goes, so that nobody has to think of it.
"""
