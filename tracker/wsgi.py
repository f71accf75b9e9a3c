"""The WSGI application that gunicorn and other servers load."""

import gc
import os
from importlib import import_module

from django.conf import settings
from django.core.wsgi import get_wsgi_application

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "tracker.settings")

application = get_wsgi_application()

# Addresses and pages are loaded now, not by the first reader. What is loaded then stays for good:
# searching it for garbage again and again was a sixth of the work of a page with 500 claims. Such
# a page makes ten thousand values, none of them in a circle, so a search seldom finds anything.
import_module(settings.ROOT_URLCONF)
gc.collect()
gc.freeze()
gc.set_threshold(10_000, 20, 20)
