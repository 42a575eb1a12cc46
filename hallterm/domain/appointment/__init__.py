"""An appointment (预约): a half hour kept for a customer, from the call to the ticket.

Arrival is a ticket that names the appointment, so there is one way into the hall. What the customer
is called stands in the persons' room; the log holds ids only.
"""
