"""Diversion (分流): where a customer whose wait overruns can be served sooner (S0).

An offer and the customer's answer stand on the ticket; the operator's file says which halls are
near and with which words each way is offered. Nothing here knows a forecast.
"""
