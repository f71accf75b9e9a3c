"""The one address that every browser asks for without being told."""

from django.http import HttpRequest, HttpResponseRedirect
from django.templatetags.static import static
from django.views.decorators.cache import cache_control
from django.views.decorators.http import require_safe


@require_safe
@cache_control(max_age=86_400, public=True)
def favicon(request: HttpRequest) -> HttpResponseRedirect:
    """Send the browser to the icon; pages name it themselves, the admin does not."""
    return HttpResponseRedirect(static("favicon.svg"))
