"""The project: settings, addresses, start-up and test runs of the tracker."""
