"""Who claimed which casualty figure, when, in which words, and what can be true together."""
