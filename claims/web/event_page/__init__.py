"""What the event page shows, prepared from comparisons: no SQL here, no HTML either."""
