"""A customer's record (客户资料): what it holds, how it may change, who may see what.

Names, numbers and words about a person travel beside the log; commands and events here carry ids,
versions and names of fields only.
"""
