"""The one settings file. Everything that differs between posts is read from the environment.

DATABASE_URL            postgresql://user:password@host:port/name ; default: SQLite in var/tienphuong.sqlite3
TIENPHUONG_VAR          where the post keeps its database, keys, uploads and reports ; default: ./var
TIENPHUONG_KEY          32 characters or more: seals identity numbers ; default: made once into var/keys
TIENPHUONG_SECRET_KEY   Django's secret ; default: generated into var/keys
TIENPHUONG_HOSTS        comma-separated host names ; default: this machine only
TIENPHUONG_TLS          1 behind a proxy that ends TLS ; TIENPHUONG_HSTS_WIDE 1 if all subdomains of the host speak TLS too
TIENPHUONG_METRICS_TOKEN  16 characters or more: /metrics/ answers whoever sends it as `Authorization: Bearer` ; default: no such address
TIENPHUONG_LOG          json: one JSON object a line, with one for every request ; default: plain lines, warnings only
TIENPHUONG_PASSWORD_LENGTH  the shortest password of an officer ; default: 12
TIENPHUONG_SECOND_FACTOR    roles that need a second factor, with commas, or none ; default: those that give accounts or sign reports
TIENPHUONG_CONFIRM_MINUTES  signing and exporting ask for the password again after so long ; default: 15
TIENPHUONG_IDLE_MINUTES     a session that is not used ends after so long ; default: 30
TIENPHUONG_SESSION_HOURS    a session ends so long after its sign-in ; default: 12
TIENPHUONG_DEBUG        1 for template tracebacks
"""

import os
from datetime import timedelta
from pathlib import Path
from urllib.parse import unquote, urlparse

from tienphuong.core.access.rules import must_prove_twice
from tienphuong.core.access.terms import Role
from tienphuong.core.secrets import kept, made_once, strong
from tienphuong.core.set_by_hand import whole, words

PACKAGE = Path(__file__).resolve().parent.parent
REPOSITORY = PACKAGE.parent.parent
VAR = Path(os.environ.get("TIENPHUONG_VAR", REPOSITORY / "var"))
DEBUG = os.environ.get("TIENPHUONG_DEBUG") == "1"


SECRET_KEY = os.environ.get("TIENPHUONG_SECRET_KEY") or made_once(VAR / "keys" / "django")
# Empty in a new post until core.keys makes it, which it never does over data that another key has sealed.
_GIVEN = os.environ.get("TIENPHUONG_KEY", "")
IDENTITY_KEY = strong(_GIVEN, source="TIENPHUONG_KEY") if _GIVEN else kept(VAR / "keys" / "identity")
ALLOWED_HOSTS = os.environ.get("TIENPHUONG_HOSTS", "localhost,127.0.0.1,[::1],testserver").split(",")

INSTALLED_APPS = [
    "django.contrib.contenttypes",
    "django.contrib.auth",
    "django.contrib.messages",
    "whitenoise.runserver_nostatic",
    "django.contrib.staticfiles",
    "django.contrib.humanize",
    "django_htmx",
    "leaflet",
    "csp",
    "django_tasks",
    "django_tasks_db",
    "tienphuong.core",
    "tienphuong.registry",
    "tienphuong.cases",
    "tienphuong.tracing",
    "tienphuong.quarantine",
    "tienphuong.forecast",
    "tienphuong.reports",
    "tienphuong.intake",
    "tienphuong.web",
]

MIDDLEWARE = [
    "tienphuong.web.metrics.MetricsMiddleware",
    "tienphuong.api.middleware.JsonAnswers",
    "django.middleware.security.SecurityMiddleware",
    "whitenoise.middleware.WhiteNoiseMiddleware",
    "django.middleware.gzip.GZipMiddleware",
    "csp.middleware.CSPMiddleware",
    "django.contrib.sessions.middleware.SessionMiddleware",
    "tienphuong.web.middleware.LanguageMiddleware",
    "django.middleware.common.CommonMiddleware",
    "django.middleware.csrf.CsrfViewMiddleware",
    "django.contrib.auth.middleware.AuthenticationMiddleware",
    "tienphuong.web.bodies.BodyMiddleware",
    "django.contrib.messages.middleware.MessageMiddleware",
    "django.middleware.clickjacking.XFrameOptionsMiddleware",
    "django_htmx.middleware.HtmxMiddleware",
    "tienphuong.web.middleware.ViewerMiddleware",
]

ROOT_URLCONF = "tienphuong.config.urls"
WSGI_APPLICATION = "tienphuong.config.wsgi.application"
ASGI_APPLICATION = "tienphuong.config.asgi.application"

TEMPLATES = [
    {
        "BACKEND": "django.template.backends.django.DjangoTemplates",
        "DIRS": [REPOSITORY / "templates"],
        "APP_DIRS": True,
        "OPTIONS": {
            "context_processors": [
                "django.template.context_processors.request",
                "django.template.context_processors.i18n",
                "django.contrib.auth.context_processors.auth",
                "django.contrib.messages.context_processors.messages",
                "tienphuong.web.context.post",
            ],
        },
    }
]


def _database() -> dict[str, object]:
    """SQLite tuned for one post (WAL, writers queue at BEGIN, what is committed is on the disk), or the PostgreSQL named by DATABASE_URL."""
    url = os.environ.get("DATABASE_URL", "")
    if url:
        parsed = urlparse(url)
        return {
            "ENGINE": "django.db.backends.postgresql",
            "NAME": parsed.path.lstrip("/"),
            "USER": unquote(parsed.username or ""),
            "PASSWORD": unquote(parsed.password or ""),
            "HOST": unquote(parsed.hostname or ""),
            "PORT": str(parsed.port or ""),
            "CONN_MAX_AGE": 60,
            "CONN_HEALTH_CHECKS": True,  # a request after a restart of the database takes a new connection
            "OPTIONS": {"connect_timeout": 5},
        }
    VAR.mkdir(parents=True, exist_ok=True, mode=0o700)
    return {
        "ENGINE": "tienphuong.core.sqlite",
        "NAME": VAR / "tienphuong.sqlite3",
        "TEST": {"NAME": ":memory:"},
        "OPTIONS": {
            "transaction_mode": "IMMEDIATE",
            "timeout": 30,
            "init_command": "PRAGMA journal_mode=WAL; PRAGMA synchronous=FULL; PRAGMA cache_size=-64000; PRAGMA temp_store=MEMORY; PRAGMA mmap_size=268435456;",
        },
    }


DATABASES = {"default": _database()}
DEFAULT_AUTO_FIELD = "django.db.models.BigAutoField"

AUTH_USER_MODEL = "core.User"
PASSWORD_HASHERS = ["django.contrib.auth.hashers.Argon2PasswordHasher"]
AUTH_PASSWORD_VALIDATORS = [{"NAME": "tienphuong.core.passwords.PostPassword"}]
SHORTEST_PASSWORD = whole("TIENPHUONG_PASSWORD_LENGTH", 12, least=8, most=64)
AUTHENTICATION_BACKENDS = ["django.contrib.auth.backends.ModelBackend"]
# Who gives accounts or signs reports proves who they are twice. A demo asks nobody (core/access/before_work.py).
SECOND_FACTOR_ROLES = words("TIENPHUONG_SECOND_FACTOR", must_prove_twice(), among=[role.value for role in Role])
CONFIRM_WITHIN = timedelta(minutes=whole("TIENPHUONG_CONFIRM_MINUTES", 15, least=1, most=12 * 60))
LOGIN_URL = "sign_in"
LOGIN_REDIRECT_URL = "board"
LOGOUT_REDIRECT_URL = "sign_in"

LANGUAGE_CODE = "vi"
LANGUAGES = [("vi", "Tiếng Việt"), ("en", "English")]
LOCALE_PATHS = [REPOSITORY / "locale"]
USE_I18N = True
USE_TZ = True
TIME_ZONE = "Asia/Ho_Chi_Minh"

STATIC_URL = "static/"
STATIC_ROOT = VAR / "static"
STATICFILES_DIRS = [REPOSITORY / "static"]
STATICFILES_FINDERS = [
    "django.contrib.staticfiles.finders.FileSystemFinder",
    "django.contrib.staticfiles.finders.AppDirectoriesFinder",
    "tienphuong.web.assets.InstalledFiles",
]
STORAGES = {
    "default": {"BACKEND": "django.core.files.storage.FileSystemStorage"},
    # Compressed once at set-up and kept by browsers until they change: a patrol's phone has one bar of signal.
    "staticfiles": {"BACKEND": "tienphuong.web.assets.HashedFiles"},
}
MEDIA_ROOT = VAR / "files"

SESSION_COOKIE_HTTPONLY = True
SESSION_COOKIE_SAMESITE = "Lax"
SESSION_ENGINE = "tienphuong.web.sessions"
# NIST SP 800-63B-4, AAL2: half an hour unused, twelve hours in all. A post with long shifts may set them otherwise, and its pages say so.
SESSION_IDLE = timedelta(minutes=whole("TIENPHUONG_IDLE_MINUTES", 30, least=5, most=12 * 60))
SESSION_ABSOLUTE = timedelta(hours=whole("TIENPHUONG_SESSION_HOURS", 12, least=1, most=72))
SESSION_COOKIE_AGE = int(SESSION_ABSOLUTE.total_seconds())
SECURE_CONTENT_TYPE_NOSNIFF = True
SECURE_REFERRER_POLICY = "same-origin"
X_FRAME_OPTIONS = "DENY"

# Behind a proxy of this machine that ends TLS and says so (docs/how-to/open-a-post.md): it must overwrite both headers.
TLS = os.environ.get("TIENPHUONG_TLS") == "1"
SESSION_COOKIE_SECURE = CSRF_COOKIE_SECURE = SECURE_SSL_REDIRECT = TLS
if TLS:
    SECURE_PROXY_SSL_HEADER = ("HTTP_X_FORWARDED_PROTO", "https")
    CSRF_TRUSTED_ORIGINS = [f"https://{host}" for host in ALLOWED_HOSTS]
    SECURE_HSTS_SECONDS = 365 * 24 * 3600
    SECURE_HSTS_INCLUDE_SUBDOMAINS = SECURE_HSTS_PRELOAD = os.environ.get("TIENPHUONG_HSTS_WIDE") == "1"

CONTENT_SECURITY_POLICY = {
    "DIRECTIVES": {
        "default-src": ["'self'"],
        "img-src": ["'self'", "data:", "blob:"],
        "script-src": ["'self'"],
        "object-src": ["'none'"],
        # Charts and maps place their parts with style attributes; style elements and foreign sheets stay shut out.
        "style-src": ["'self'"],
        "style-src-attr": ["'unsafe-inline'"],
        "frame-ancestors": ["'none'"],
        "form-action": ["'self'"],
        "base-uri": ["'self'"],
    }
}

# Long work (applying a file, recomputing every degree) runs in a worker, and is found again after a restart. Forecasts have a worker of
# their own: a list that comes in at the cut-off hour does not wait for them.
TASKS = {"default": {"BACKEND": "django_tasks_db.DatabaseBackend", "QUEUES": ["default", "forecasts"]}}

# A post is sent files of many megabytes; above this a file is refused with a message, not swapped to death.
DATA_UPLOAD_MAX_MEMORY_SIZE = 4 * 1024 * 1024
INTAKE_LARGEST_FILE = 200 * 1024 * 1024
INTAKE_LARGEST_REQUEST = 5 * INTAKE_LARGEST_FILE

LEAFLET_CONFIG = {"TILES": [], "RESET_VIEW": False, "ATTRIBUTION_PREFIX": ""}

METRICS_TOKEN = (
    strong(_TOKEN, source="TIENPHUONG_METRICS_TOKEN", shortest=16) if (_TOKEN := os.environ.get("TIENPHUONG_METRICS_TOKEN", "")) else ""
)

_JSON = os.environ.get("TIENPHUONG_LOG") == "json"
LOGGING = {
    "version": 1,
    "disable_existing_loggers": False,
    "formatters": {"json": {"()": "tienphuong.core.logs.JsonLines"}},
    "filters": {"plain": {"()": "tienphuong.core.logs.PlainFaults"}},
    "handlers": {"console": {"class": "logging.StreamHandler", "filters": ["plain"]} | ({"formatter": "json"} if _JSON else {})},
    "root": {"handlers": ["console"], "level": "WARNING"},
    "loggers": {"tienphuong": {"level": "INFO"}} if _JSON else {},
}
