"""Letters and faxes, what they prove, sealed forms and the offices' private keys.

Not in the log: these name persons, or are secrets. The log holds ids and digests of them.
"""
