"""What is done at the customer's place (上门办理) or brought there (配送) (S0).

Offered when the hall itself couldn't finish the matter. Address, contact and what to bring stand as
notes in the persons' room; the log holds their ids.
"""
