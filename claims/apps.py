"""The one Django app of the tracker."""

from django.apps import AppConfig


class ClaimsConfig(AppConfig):
    """Claims, the sources that made them and the disagreement between them."""

    name = "claims"
    verbose_name = "Casualty figures"
