"""A made-up dataset of any size as claims-csv: the same bytes for the same seed anywhere.

Not one word of it is about something that happened; every title, name and quote says that it is
synthetic.
"""
