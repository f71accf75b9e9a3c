"""Every setting of the tracker, read from the environment; docs/settings.md explains each name.

With nothing set it runs on one machine: an SQLite file in var/, a secret key made once beside
it, DEBUG off, plain HTTP on the local address.
"""

from pathlib import Path

from csp.constants import NONE, SELF
from environ import Env

from tracker.configuration import database_settings, secret_key_in, sqlite_folder

BASE_DIR = Path(__file__).resolve().parent.parent
env = Env()

# This copy of the tracker.
SITE_NAME = env.str("SITE_NAME", default="Casualty figures: who said which number")
PORT = env.str("PORT", default="8000")  # of `manage.py demo`
SITE_URL = env.str("SITE_URL", default=f"http://127.0.0.1:{PORT}").rstrip("/")
CONTACT_EMAIL = env.str("CONTACT_EMAIL", default="")

# A desk of one person may review their own drafts; the waiver is written into the history.
ONE_PERSON_DESK = env.bool("ONE_PERSON_DESK", default=False)

# For how many days after an event's start a smaller count is a count still going on.
FIRST_DAYS = env.int("FIRST_DAYS", default=2)

# A page pasted as its source; longer forms and bodies are refused before they are read.
DATA_UPLOAD_MAX_MEMORY_SIZE = 12_000_000

# Whether editors may have pages fetched, and from which ports: nothing leaves a machine unasked.
INTAKE_FETCH = env.bool("INTAKE_FETCH", default=False)
INTAKE_PORTS = env.list("INTAKE_PORTS", cast=int, default=[80, 443])

# Files that editors may import, up to this size, and what has to stay free on the disk they go to.
IMPORT_LARGEST_MB = env.int("IMPORT_LARGEST_MB", default=200)
IMPORT_FREE_MB = env.int("IMPORT_FREE_MB", default=500)

# Where things are kept.
DATA_DIR = Path(env.str("DATA_DIR", default=str(BASE_DIR / "var")))
DATABASES = {
    "default": database_settings(
        env.str("DATABASE_URL", default=""), default_file=DATA_DIR / "tracker.sqlite3"
    )
}
SNAPSHOTS_DIR = Path(env.str("SNAPSHOTS_DIR", default=str(DATA_DIR / "snapshots")))
own_folder = sqlite_folder(DATABASES["default"])
if DATABASE_REPLICA_URL := env.str("DATABASE_REPLICA_URL", default=""):
    DATABASES["replica"] = database_settings(
        DATABASE_REPLICA_URL, default_file=DATA_DIR / "replica.sqlite3"
    )
    DATABASE_ROUTERS = ["tracker.replica.ReplicaRouter"]
CACHES = {"default": env.cache_url("CACHE_URL", default="locmemcache://")}
DEFAULT_AUTO_FIELD = "django.db.models.BigAutoField"

# Safety.
DEBUG = env.bool("DEBUG", default=False)
SECRET_KEY = env.str("SECRET_KEY", default="") or secret_key_in(own_folder)
SECRET_KEY_FALLBACKS = env.list("SECRET_KEY_FALLBACKS", default=[])
ALLOWED_HOSTS = env.list("ALLOWED_HOSTS", default=["localhost", "127.0.0.1", "[::1]"])
CSRF_TRUSTED_ORIGINS = env.list("CSRF_TRUSTED_ORIGINS", default=[])

# One switch for everything that only makes sense once the public address is https://.
HTTPS = env.bool("HTTPS", default=False)
SECURE_SSL_REDIRECT = HTTPS
SECURE_REDIRECT_EXEMPT = [r"^livez$", r"^readyz$"]  # asked by machines from inside, over HTTP
SESSION_COOKIE_SECURE = HTTPS
CSRF_COOKIE_SECURE = HTTPS
CSRF_FAILURE_VIEW = "tracker.failures.form_refused"
SECURE_HSTS_SECONDS = env.int("HSTS_SECONDS", default=31_536_000) if HTTPS else 0
SECURE_HSTS_INCLUDE_SUBDOMAINS = HTTPS and env.bool("HSTS_SUBDOMAINS", default=True)
SECURE_HSTS_PRELOAD = HTTPS and env.bool("HSTS_PRELOAD", default=True)
SECURE_REFERRER_POLICY = "same-origin"
SESSION_COOKIE_HTTPONLY = True
X_FRAME_OPTIONS = "DENY"

# How many proxies of our own stand in front; 0 believes no X-Forwarded header at all.
TRUSTED_PROXIES = env.int("TRUSTED_PROXIES", default=0)
SECURE_PROXY_SSL_HEADER = ("HTTP_X_FORWARDED_PROTO", "https") if TRUSTED_PROXIES else None

# Nothing may be loaded from elsewhere, nothing inline may run, nobody may frame a page.
CONTENT_SECURITY_POLICY = {
    "DIRECTIVES": {
        "default-src": [NONE],
        "script-src": [SELF],
        "style-src": [SELF],
        "img-src": [SELF],
        "font-src": [SELF],
        "connect-src": [SELF],
        "manifest-src": [SELF],
        "form-action": [SELF],
        "base-uri": [NONE],
        "frame-ancestors": [NONE],
    }
}

# Browsers on other sites may read the API, without cookies; nothing else.
CORS_URLS_REGEX = r"^/api/"
CORS_ALLOW_ALL_ORIGINS = True
CORS_ALLOW_CREDENTIALS = False
CORS_ALLOW_METHODS = ("GET", "HEAD", "OPTIONS")
CORS_EXPOSE_HEADERS = (
    "ETag",
    "Last-Modified",
    "Link",
    "RateLimit-Limit",
    "RateLimit-Remaining",
    "RateLimit-Reset",
    "Retry-After",
)

# What it is made of.
LOGIN_LOCKOUT = env.bool("LOGIN_LOCKOUT", default=True)

INSTALLED_APPS = [
    "claims",
    "tracker.desk.DeskConfig",
    "django.contrib.auth",
    "django.contrib.contenttypes",
    "django.contrib.sessions",
    "django.contrib.messages",
    "django.contrib.staticfiles",
    "django.contrib.humanize",
    "django.contrib.sitemaps",
    "simple_history",
    "rest_framework",
    "rest_framework.authtoken",
    "django_filters",
    "drf_spectacular",
    "drf_spectacular_sidecar",
    "corsheaders",
    "csp",
    "django_tasks",
    "django_tasks_db",
    *(["axes"] if LOGIN_LOCKOUT else []),
]

MIDDLEWARE = [
    "tracker.middleware.DatabaseDownMiddleware",
    *(["tracker.replica.ReplicaMiddleware"] if DATABASE_REPLICA_URL else []),
    "django.middleware.security.SecurityMiddleware",
    "whitenoise.middleware.WhiteNoiseMiddleware",
    "csp.middleware.CSPMiddleware",
    "django.middleware.gzip.GZipMiddleware",
    "django.middleware.http.ConditionalGetMiddleware",
    "corsheaders.middleware.CorsMiddleware",
    "django.contrib.sessions.middleware.SessionMiddleware",
    "django.middleware.common.CommonMiddleware",
    "django.middleware.csrf.CsrfViewMiddleware",
    "django.contrib.auth.middleware.AuthenticationMiddleware",
    "django.contrib.messages.middleware.MessageMiddleware",
    "django.middleware.clickjacking.XFrameOptionsMiddleware",
    "simple_history.middleware.HistoryRequestMiddleware",
    *(["axes.middleware.AxesMiddleware"] if LOGIN_LOCKOUT else []),
]

ROOT_URLCONF = "tracker.urls"
WSGI_APPLICATION = "tracker.wsgi.application"

TEMPLATES = [
    {
        "BACKEND": "django.template.backends.django.DjangoTemplates",
        "DIRS": [BASE_DIR / "templates"],
        "APP_DIRS": True,
        "OPTIONS": {
            "context_processors": [
                "django.template.context_processors.request",
                "django.contrib.auth.context_processors.auth",
                "django.contrib.messages.context_processors.messages",
                "tracker.context.site",
            ],
            # The tags belong to the public pages, not to the app, where Django would find them.
            "libraries": {
                "figure_tags": "claims.web.templatetags.figure_tags",
                "site_tags": "claims.web.templatetags.site_tags",
            },
        },
    },
    # Pages with long tables are written with this one.
    {
        "BACKEND": "django.template.backends.jinja2.Jinja2",
        "DIRS": [BASE_DIR / "templates" / "jinja"],
        "OPTIONS": {"environment": "claims.web.jinja.environment"},
    },
]

# Editors and their logins.
AUTHENTICATION_BACKENDS = [
    *(["axes.backends.AxesStandaloneBackend"] if LOGIN_LOCKOUT else []),
    "django.contrib.auth.backends.ModelBackend",
]
AUTH_PASSWORD_VALIDATORS = [
    {"NAME": f"django.contrib.auth.password_validation.{name}"}
    for name in (
        "UserAttributeSimilarityValidator",
        "MinimumLengthValidator",
        "CommonPasswordValidator",
        "NumericPasswordValidator",
    )
]
LOGIN_URL = "admin:login"
LOGIN_REDIRECT_URL = "admin:index"

# Ten wrong passwords for one name from one address: a quarter of an hour of waiting.
AXES_FAILURE_LIMIT = 10
AXES_COOLOFF_TIME = 0.25
AXES_LOCKOUT_PARAMETERS = [["username", "ip_address"]]
AXES_RESET_ON_SUCCESS = True
AXES_VERBOSE = False
AXES_LOCKOUT_TEMPLATE = "admin/locked_out.html"

# Reverting goes through the services like any other edit, never past the review rules.
SIMPLE_HISTORY_REVERT_DISABLED = True

vars().update(env.email_url("EMAIL_URL", default="consolemail://"))
DEFAULT_FROM_EMAIL = SERVER_EMAIL = CONTACT_EMAIL or "tracker@localhost"

# Long imports: by a process of its own (`manage.py db_worker`) where one runs, else at once.
BACKGROUND_TASKS = env.bool("BACKGROUND_TASKS", default=False)
TASKS = {
    "default": {
        "BACKEND": "django_tasks_db.DatabaseBackend"
        if BACKGROUND_TASKS
        else "django_tasks.backends.immediate.ImmediateBackend"
    }
}

# Language and time.
LANGUAGE_CODE = "en-gb"
FORMAT_MODULE_PATH = "tracker.formats"
TIME_ZONE = "UTC"
USE_I18N = True
USE_TZ = True

# Static files.
STATIC_URL = "/static/"
STATIC_ROOT = DATA_DIR / "static"
STATICFILES_DIRS = [BASE_DIR / "static"]
WHITENOISE_USE_FINDERS = DEBUG
WHITENOISE_KEEP_ONLY_HASHED_FILES = True
STORAGES = {
    "default": {"BACKEND": "django.core.files.storage.FileSystemStorage"},
    "staticfiles": {
        "BACKEND": "django.contrib.staticfiles.storage.StaticFilesStorage"
        if DEBUG
        else "whitenoise.storage.CompressedManifestStaticFilesStorage"
    },
}

# The API.
REST_FRAMEWORK = {
    "DEFAULT_RENDERER_CLASSES": ["rest_framework.renderers.JSONRenderer"],
    "DEFAULT_PARSER_CLASSES": ["rest_framework.parsers.JSONParser"],
    # Open to read: no session, no password, so no cookie is read and none can be locked out. The
    # one address that writes asks for a token itself.
    "DEFAULT_AUTHENTICATION_CLASSES": [],
    "DEFAULT_PERMISSION_CLASSES": ["rest_framework.permissions.AllowAny"],
    "DEFAULT_THROTTLE_CLASSES": [
        "rest_framework.throttling.AnonRateThrottle",
        "rest_framework.throttling.ScopedRateThrottle",
    ],
    "DEFAULT_THROTTLE_RATES": {
        "anon": env.str("API_RATE", default="600/min"),
        "search": env.str("API_RATE_SEARCH", default="120/min"),
        "export": env.str("API_RATE_EXPORT", default="60/min"),
        "intake": env.str("API_RATE_INTAKE", default="60/min"),
    },
    "NUM_PROXIES": TRUSTED_PROXIES,
    "EXCEPTION_HANDLER": "claims.api.errors.problem_handler",
    "DEFAULT_SCHEMA_CLASS": "drf_spectacular.openapi.AutoSchema",
    # Every parameter is checked by name, so DRF's own ?format= must not be a silent extra one.
    "URL_FORMAT_OVERRIDE": None,
}

SPECTACULAR_SETTINGS = {
    "TITLE": SITE_NAME,
    "VERSION": "1.0.0",
    "SERVE_INCLUDE_SCHEMA": False,
    "SWAGGER_UI_DIST": "SIDECAR",
    "SWAGGER_UI_FAVICON_HREF": "SIDECAR",
}

# Logs: plain lines on standard error, for whatever starts the process to keep.
LOGGING = {
    "version": 1,
    "disable_existing_loggers": False,
    "formatters": {"plain": {"format": "%(asctime)s %(levelname)s %(name)s: %(message)s"}},
    "handlers": {"stderr": {"class": "logging.StreamHandler", "formatter": "plain"}},
    "root": {"handlers": ["stderr"], "level": env.str("LOG_LEVEL", default="INFO")},
    "loggers": {"django": {"handlers": [], "level": "INFO", "propagate": True}},
}
