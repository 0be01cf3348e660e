"""Settings of the whole product. Everything that differs between installations comes from the environment."""

import os
import sys
from datetime import timedelta
from pathlib import Path

import environ

from yingbin.files.places import place_of
from yingbin.pages.wing import PathsOf

env = environ.Env()

BASE_DIR = Path(__file__).resolve().parents[2]
DATA_DIR = Path(env.str("YINGBIN_DATA", default=str(BASE_DIR / ".data")))
DEBUG = env.bool("YINGBIN_DEBUG", default=False)
TESTING = "pytest" in sys.modules or env.bool("YINGBIN_TESTING", default=False)

SECRET_KEY = env.str("YINGBIN_SECRET_KEY", default="only-for-tests" if TESTING or DEBUG else "")
ALLOWED_HOSTS = env.list("YINGBIN_HOSTS", default=["localhost", "127.0.0.1", "[::1]"])
if TESTING:
    ALLOWED_HOSTS = ["*"]
CSRF_TRUSTED_ORIGINS = env.list("YINGBIN_ORIGINS", default=[])

# Our apps from the ground up. What each brings to the house (navigation, ticks, live pages, …) its `wing.py` says.
YINGBIN_APPS = [
    "yingbin.journal",
    "yingbin.pages",
    "yingbin.people",
    "yingbin.customers",
    "yingbin.notices",
    "yingbin.files",
    "yingbin.matters",
    "yingbin.approvals",
    "yingbin.importing",
    "yingbin.manual",
    "yingbin.sheets",
    "yingbin.gallery",
    "yingbin.duty",
    "yingbin.tours",
    "yingbin.desk",
    "yingbin.reports",
    "yingbin.web",
]
INSTALLED_APPS = [
    "django.contrib.auth",
    "django.contrib.contenttypes",
    "django.contrib.sessions",
    "django.contrib.messages",
    "django.contrib.staticfiles",
    "ninja",
    "allauth",
    "allauth.account",
    "allauth.mfa",
    "allauth.usersessions",
    "axes",
    *YINGBIN_APPS,
]

MIDDLEWARE = [
    "django.middleware.security.SecurityMiddleware",
    "whitenoise.middleware.WhiteNoiseMiddleware",
    "yingbin.web.middleware.in_place",
    "yingbin.web.middleware.PackedText",
    "yingbin.web.middleware.ContentPolicy",
    "yingbin.web.middleware.not_saved",
    "django.contrib.sessions.middleware.SessionMiddleware",
    "django.middleware.common.CommonMiddleware",
    "django.middleware.csrf.CsrfViewMiddleware",
    "yingbin.web.middleware.WhoAsks",
    "django.contrib.messages.middleware.MessageMiddleware",
    "django.middleware.clickjacking.XFrameOptionsMiddleware",
    "allauth.account.middleware.AccountMiddleware",
    "allauth.usersessions.middleware.UserSessionsMiddleware",
    "yingbin.web.middleware.current_site",
    "yingbin.web.middleware.kept_nowhere",
    "yingbin.web.middleware.with_the_customer",
    "yingbin.web.middleware.closed_by_default",
    "yingbin.web.incoming.incoming",
    "axes.middleware.AxesMiddleware",
]

ROOT_URLCONF = "yingbin.web.urls"
WSGI_APPLICATION = "yingbin.web.wsgi.application"

TEMPLATES = [
    {
        "BACKEND": "django.template.backends.django.DjangoTemplates",
        "APP_DIRS": True,
        "OPTIONS": {
            "context_processors": [
                "django.template.context_processors.request",
                "django.contrib.auth.context_processors.auth",
                "django.contrib.messages.context_processors.messages",
                "yingbin.web.context.shell",
            ],
            "builtins": [
                "yingbin.pages.templatetags.ui",
                "yingbin.pages.templatetags.blocks",
                "yingbin.manual.templatetags.clauses",
            ],
        },
    }
]

DATABASES = {
    "default": {
        **env.db("DATABASE_URL", default="postgresql:///yingbin"),
        "CONN_MAX_AGE": None,
        "CONN_HEALTH_CHECKS": True,
        "ATOMIC_REQUESTS": False,
    }
}
DATABASES["default"].setdefault("OPTIONS", {})
if TESTING and env.str("YINGBIN_TEST_TEMPLATE", default=""):
    # `bin/test` makes the tables once; each worker's database begins as a copy.
    DATABASES["default"]["TEST"] = {"TEMPLATE": env.str("YINGBIN_TEST_TEMPLATE")}
# A database that is gone must answer within seconds, so that the desk is told "not saved" at once.
DATABASES["default"]["OPTIONS"].setdefault("connect_timeout", 3)
DEFAULT_AUTO_FIELD = "django.db.models.BigAutoField"

AUTH_USER_MODEL = "people.Staff"
AUTHENTICATION_BACKENDS = [
    "axes.backends.AxesStandaloneBackend",
    "yingbin.people.backends.AccountOrPhone",
]
PASSWORD_HASHERS = [
    "yingbin.people.hashers.ArgonInTurn",
    "django.contrib.auth.hashers.PBKDF2PasswordHasher",
    "yingbin.people.hashers.FirstPasswordHasher",
]
if TESTING:
    PASSWORD_HASHERS = ["django.contrib.auth.hashers.MD5PasswordHasher", PASSWORD_HASHERS[-1]]
AUTH_PASSWORD_VALIDATORS = [
    {
        "NAME": "django.contrib.auth.password_validation.MinimumLengthValidator",
        "OPTIONS": {"min_length": 8},
    },
    {
        "NAME": "django.contrib.auth.password_validation.UserAttributeSimilarityValidator",
        "OPTIONS": {"user_attributes": ["account", "pinyin", "phone", "email"]},
    },
    {"NAME": "django.contrib.auth.password_validation.CommonPasswordValidator"},
    {"NAME": "django.contrib.auth.password_validation.NumericPasswordValidator"},
]
LOGIN_URL = "/login/"
LOGIN_REDIRECT_URL = "/"
LOGOUT_REDIRECT_URL = "/login/"

# allauth carries the second factor and the list of sessions; accounts are made by managers, never by signing up.
ACCOUNT_ADAPTER = "yingbin.people.adapter.StaffAdapter"
ACCOUNT_USER_MODEL_USERNAME_FIELD = "account"
ACCOUNT_USER_MODEL_EMAIL_FIELD = "email"
ACCOUNT_LOGIN_METHODS = {"username"}
ACCOUNT_SIGNUP_FIELDS = ["username*", "password1*"]
ACCOUNT_EMAIL_VERIFICATION = "none"
ACCOUNT_SESSION_REMEMBER = True
MFA_ADAPTER = "yingbin.people.adapter.SecondFactorAdapter"
MFA_SUPPORTED_TYPES = ["totp", "recovery_codes"]
MFA_TOTP_ISSUER = "迎宾"
MFA_TOTP_TOLERANCE = 1  # a phone's clock may be half a minute off
USERSESSIONS_TRACK_ACTIVITY = False

# Five failures lock the account for ten minutes, from whatever address they come.
AXES_FAILURE_LIMIT = 5
AXES_COOLOFF_TIME = timedelta(minutes=10)
AXES_LOCKOUT_PARAMETERS = ["username"]
AXES_RESET_COOL_OFF_ON_FAILURE_DURING_LOCKOUT = False
AXES_USERNAME_CALLABLE = "yingbin.people.signin.named"
AXES_CLIENT_IP_CALLABLE = "yingbin.people.signin.client_ip"
AXES_RESET_ON_SUCCESS = True
AXES_LOCKOUT_CALLABLE = "yingbin.people.views.locked_out"
AXES_USERNAME_FORM_FIELD = "login"
# Failures are kept with what was posted; these never, whatever page the password was asked on.
AXES_SENSITIVE_PARAMETERS = [
    "username",
    "ip_address",
    "present",
    "new",
    "again",
    "pin",
    "code",
    "setup_code",
    "csrfmiddlewaretoken",
]
AXES_ENABLE_ADMIN = False
AXES_VERBOSE = False
SILENCED_SYSTEM_CHECKS = ["axes.W003", "axes.W006"]

SESSION_ENGINE = "yingbin.people.entrance"
SESSION_COOKIE_AGE = 60 * 60 * 24 * 14
SESSION_COOKIE_HTTPONLY = True
SESSION_COOKIE_SAMESITE = "Lax"
SECURE = env.bool("YINGBIN_HTTPS", default=False)
SESSION_COOKIE_SECURE = CSRF_COOKIE_SECURE = SECURE
# Not for the office network: there the certificate itself comes from a plain page of the same name.
SECURE_HSTS_SECONDS = 60 * 60 * 24 * env.int("YINGBIN_HSTS_DAYS", default=30) if SECURE else 0
SECURE_CONTENT_TYPE_NOSNIFF = True
SECURE_REFERRER_POLICY = "same-origin"
BEHIND_PROXY = env.bool("YINGBIN_BEHIND_PROXY", default=False)
if BEHIND_PROXY:
    SECURE_PROXY_SSL_HEADER = ("HTTP_X_FORWARDED_PROTO", "https")
X_FRAME_OPTIONS = "DENY"
CSRF_FAILURE_VIEW = "yingbin.web.views.csrf_failure"
# Opens the first-run page to other machines; without it only this machine may set up the company.
SETUP_CODE = env.str("YINGBIN_SETUP_CODE", default="")

CONTENT_SECURITY_POLICY = {
    "DIRECTIVES": {
        "default-src": ["'self'"],
        "script-src": ["'self'"],
        "style-src": ["'self'"],
        "img-src": ["'self'", "data:"],
        "connect-src": ["'self'"],
        "font-src": ["'self'"],
        "manifest-src": ["'self'"],
        "worker-src": ["'self'"],
        "media-src": ["'self'"],
        "object-src": ["'none'"],
        "base-uri": ["'self'"],
        "form-action": ["'self'"],
        "frame-ancestors": ["'none'"],
    }
}

LANGUAGE_CODE = "zh-hans"
TIME_ZONE = "Asia/Shanghai"
USE_I18N = True
USE_TZ = True

STATIC_URL = "/static/"
STATIC_ROOT = env.str("YINGBIN_STATIC", default=str(DATA_DIR / "static"))
STATICFILES_DIRS: list[str] = []
# Photos and scans; where they lie is said by YINGBIN_FILES and what begins with it (see files.places).
STORAGES = {
    "default": {"BACKEND": "django.core.files.storage.InMemoryStorage"},
    "staticfiles": {"BACKEND": "django.contrib.staticfiles.storage.StaticFilesStorage"},
    "files": place_of(os.environ, DATA_DIR),
}
WHITENOISE_USE_FINDERS = True
# A test's client begins anew each time: it looks for a file when one is asked for, not for all at first.
WHITENOISE_AUTOREFRESH = DEBUG or "pytest" in sys.modules
WHITENOISE_MAX_AGE = 0 if DEBUG else 600

# Large uploads lie here while their request lasts, never in the system's /tmp.
YINGBIN_SPOOL = str(DATA_DIR / "spool")
FILE_UPLOAD_TEMP_DIR = YINGBIN_SPOOL if os.path.isdir(YINGBIN_SPOOL) else None

# Dotted paths the lower floors call without knowing who answers, as the wings name them.
YINGBIN_TICKS = PathsOf("ticks")
# Who keeps a day's order at a site: told inside the write in which somebody's role there ends.
YINGBIN_LEAVING = PathsOf("leaving")
# Who closes a chain's days itself; the journal seals the days of all others at night (see journal.days).
YINGBIN_DAY_CLOSERS = PathsOf("day_closers")
# What the journal witnesses of each app's rows; `yingbin check` holds the rows against it (see journal.held).
YINGBIN_WITNESSES = PathsOf("witnesses")
# What the migrations of each app made the database refuse (see journal.guards).
YINGBIN_GUARDS = PathsOf("guards")
# The name under which signed lines go out, followed by the site's id: a domain of the house, without https.
YINGBIN_ORIGIN = env.str("YINGBIN_ORIGIN", default="yingbin")
# Outside witnesses that cosign every line: "KEY=ADDRESS" separated by blanks, KEY as name+id+base64.
YINGBIN_OUTSIDE_WITNESSES = env.str("YINGBIN_OUTSIDE_WITNESSES", default="")
YINGBIN_SITE_RESOLVER = "yingbin.people.queries.site_id_of"
YINGBIN_JOURNAL_NAMES = "yingbin.people.queries.names_of_site"
# What wings tell on a customer's card, and to whom else they open it (see customers.queries.cards).
YINGBIN_CUSTOMER_HISTORY = PathsOf("history")
YINGBIN_CUSTOMER_OPENERS = PathsOf("openers")
YINGBIN_CUSTOMER_ERASERS = PathsOf("erasers")
YINGBIN_CUSTOMER_EXPORTERS = PathsOf("exporters")
YINGBIN_CUSTOMER_MENTIONS = PathsOf("mentions")
# Kinds of things that files are attached to, and who may see them (see files.owners).
YINGBIN_FILE_OWNERS = PathsOf("file_owners")
YINGBIN_CUSTOMER_BUSY = PathsOf("busy")
# Named channels for group robots and mail, as "name=apprise URL" separated by blanks; a secret, so never in the database.
YINGBIN_CHANNELS = env.str("YINGBIN_CHANNELS", default="")
# Who sends a visitor's code by text message: the dotted path of a function (phone, words), see tours.phone_code; nobody
# is asked for one without it.
YINGBIN_PHONE_CODE_SENDER = env.str("YINGBIN_PHONE_CODE_SENDER", default="")
# A mail address that push services may write to; without it one at the host of YINGBIN_ADDRESS is named.
YINGBIN_PUSH_CONTACT = env.str("YINGBIN_PUSH_CONTACT", default="")
# How often one token may read and write, over all processes together.
YINGBIN_API_READS = env.str("YINGBIN_API_READS", default="600/m")
YINGBIN_API_WRITES = env.str("YINGBIN_API_WRITES", default="120/m")
# Webhooks go to public addresses only, unless the operator allows their own network.
YINGBIN_HOOKS_INSIDE = env.bool("YINGBIN_HOOKS_INSIDE", default=False)
# Whether the worker plays the past of the demo's further places; `serve --demo-weeks 0` says no.
YINGBIN_DEMO_PAST = env.bool("YINGBIN_DEMO_PAST", default=True)
# Where people open the product, as "https://yingbin.example"; links in messages start with it.
YINGBIN_ADDRESS = env.str("YINGBIN_ADDRESS", default="").rstrip("/")

LOGGING = {
    "version": 1,
    "disable_existing_loggers": False,
    "formatters": {
        "line": {
            "()": "yingbin.people.scrub.NoPhones",
            "format": "{asctime} {levelname} {name} {message}",
            "style": "{",
        }
    },
    "handlers": {"console": {"class": "logging.StreamHandler", "formatter": "line"}},
    "root": {"handlers": ["console"], "level": env.str("YINGBIN_LOG", default="WARNING")},
}
os.environ.setdefault("DJANGO_SETTINGS_MODULE", "yingbin.web.settings")
