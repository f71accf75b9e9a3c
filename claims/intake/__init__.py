"""Documents arriving: fetched with care, read as pages, kept with the figures found in them."""
