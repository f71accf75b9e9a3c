"""Files of other people's making as headers and numbered rows of text: CSV, XLSX, JSON.

Reading only: what the columns mean is the business of a mapping. Rows are streamed, so that a
file of several gigabytes needs no more memory than one of ten rows.
"""
