"""Settings that work with no environment at all; every one that a council changes is read from THROUGHLINE_*."""

import os
import secrets
from pathlib import Path

from throughline.apps.accounts.write_once import kept_or_made
from throughline.config.environment import database, flag, private_folder, whole_number, words

ROOT = Path(__file__).resolve().parents[2]
VAR = private_folder(Path(os.environ.get("THROUGHLINE_VAR", ROOT / "var")))
DEFINITIONS = Path(os.environ.get("THROUGHLINE_DEFINITIONS", ROOT / "definitions"))
REFERENCE = Path(os.environ.get("THROUGHLINE_REFERENCE", ROOT / "reference"))
WAREHOUSE = VAR / "warehouse.duckdb"
SPARK = os.environ.get("THROUGHLINE_SPARK", "")  # the master of a Spark cluster that counts the register; DuckDB without one
LOADED = VAR / "loaded"  # published data sets an officer has loaded, over those in the reference set

DEBUG = flag("THROUGHLINE_DEBUG")
DEMONSTRATED = VAR / "demonstration"  # left by a demonstration, so that every command knows that its people are invented
# Shows how to sign in; only ever with invented people. A folder that has them may not come by it once it is given host names.
DEMONSTRATION = flag("THROUGHLINE_DEMONSTRATION", DEMONSTRATED.exists() and not os.environ.get("THROUGHLINE_HOSTS"))
SECRET_KEY = os.environ.get("THROUGHLINE_SECRET_KEY") or kept_or_made(VAR / "secret-key", lambda: secrets.token_urlsafe(50))
ALLOWED_HOSTS = words("THROUGHLINE_HOSTS", "localhost,127.0.0.1,[::1]")
CSRF_TRUSTED_ORIGINS = words("THROUGHLINE_ORIGINS")

INSTALLED_APPS = [
    "throughline.config",
    "throughline.ui",
    "throughline.apps.reports",
    "throughline.apps.returns",
    "throughline.apps.exchange",
    "throughline.apps.commissioning",
    "throughline.apps.governance",
    "throughline.apps.plans",
    "throughline.apps.indicators",
    "throughline.apps.performance",
    "throughline.apps.followup",
    "throughline.apps.learners",
    "throughline.apps.handbook",
    "throughline.apps.organisations",
    "throughline.apps.codelists",
    "throughline.apps.accounts",
    "throughline.config.apps.OurAdmin",
    "django.contrib.auth",
    "django.contrib.contenttypes",
    "django.contrib.humanize",
    "django.contrib.messages",
    "django.contrib.sessions",
    "django.contrib.staticfiles",
    "allauth",
    "allauth.account",
    "allauth.mfa",
    "allauth.socialaccount",
    "allauth.socialaccount.providers.openid_connect",
]

MIDDLEWARE = [
    "django.middleware.security.SecurityMiddleware",
    "whitenoise.middleware.WhiteNoiseMiddleware",
    "django.contrib.sessions.middleware.SessionMiddleware",
    "django.middleware.common.CommonMiddleware",
    "django.middleware.csrf.CsrfViewMiddleware",
    "django.contrib.auth.middleware.AuthenticationMiddleware",
    "django.contrib.messages.middleware.MessageMiddleware",
    "allauth.account.middleware.AccountMiddleware",
    "django.middleware.clickjacking.XFrameOptionsMiddleware",
    "throughline.apps.accounts.middleware.SecondFactorRequired",
    "throughline.apps.accounts.middleware.RecordLooks",
    "throughline.config.wrong_way.WrongWay",
    "throughline.apps.codelists.asked.AskedOnceAPage",
    "throughline.config.no_warehouse.NoWarehouse",
]

_TEMPLATE_FOLDERS = [ROOT / "throughline" / "ui" / "templates"] + sorted(
    (ROOT / "throughline" / "apps").glob("*/templates")
)
_CONTEXT = [
    "django.template.context_processors.request",
    "django.contrib.auth.context_processors.auth",
    "django.contrib.messages.context_processors.messages",
    "throughline.config.context.site",
    "throughline.apps.accounts.context.who",
]
TEMPLATES = [
    {  # ours, and our pages for allauth's names
        "BACKEND": "django.template.backends.jinja2.Jinja2",
        "DIRS": _TEMPLATE_FOLDERS,
        "APP_DIRS": False,
        "OPTIONS": {"environment": "throughline.ui.jinja.environment", "context_processors": _CONTEXT},
    },
    {  # Django's own admin
        "BACKEND": "django.template.backends.django.DjangoTemplates",
        "APP_DIRS": True,
        "OPTIONS": {"context_processors": _CONTEXT},
    },
]

ROOT_URLCONF = "throughline.config.urls"
WSGI_APPLICATION = "throughline.config.wsgi.application"
DATABASES = {"default": database(os.environ.get("THROUGHLINE_DATABASE", ""), VAR / "throughline.sqlite3")}
DEFAULT_AUTO_FIELD = "django.db.models.BigAutoField"

AUTH_USER_MODEL = "accounts.User"
AUTHENTICATION_BACKENDS = ["allauth.account.auth_backends.AuthenticationBackend"]
AUTH_PASSWORD_VALIDATORS = [
    {"NAME": "django.contrib.auth.password_validation.UserAttributeSimilarityValidator"},
    {"NAME": "django.contrib.auth.password_validation.MinimumLengthValidator", "OPTIONS": {"min_length": 12}},
    {"NAME": "django.contrib.auth.password_validation.CommonPasswordValidator"},
]
LOGIN_URL = "account_login"
LOGIN_REDIRECT_URL = "first_page"
LOGOUT_REDIRECT_URL = "account_login"

ACCOUNT_ADAPTER = "throughline.apps.accounts.adapters.AccountAdapter"
ACCOUNT_LOGIN_METHODS = {"email"}
ACCOUNT_SIGNUP_FIELDS = ["email*", "password1*", "password2*"]
ACCOUNT_USER_MODEL_USERNAME_FIELD = None
ACCOUNT_EMAIL_VERIFICATION = "none"  # an administrator makes the account and vouches for the address
ACCOUNT_LOGOUT_ON_GET = False
ACCOUNT_EMAIL_UNKNOWN_ACCOUNTS = False
ACCOUNT_EMAIL_SUBJECT_PREFIX = "Throughline: "
ACCOUNT_SESSION_REMEMBER = False  # a session ends with the browser, on machines that many share
_FORMS = "throughline.apps.accounts.sign_in_forms."
ACCOUNT_FORMS = {
    "login": _FORMS + "SignInForm",
    "reauthenticate": _FORMS + "ReauthenticateForm",
    "change_password": _FORMS + "ChangePasswordForm",
    "reset_password": _FORMS + "ResetPasswordForm",
    "reset_password_from_key": _FORMS + "ResetPasswordKeyForm",
}
MFA_ADAPTER = "throughline.apps.accounts.adapters.SecondFactorAdapter"
MFA_FORMS = {
    "authenticate": _FORMS + "CodeForm",
    "reauthenticate": _FORMS + "CodeAgainForm",
    "activate_totp": _FORMS + "SetUpForm",
}
MFA_SUPPORTED_TYPES = ["totp", "recovery_codes"]
MFA_TOTP_ISSUER = "Throughline"
MFA_TOTP_TOLERANCE = 1  # half a minute either side, for phones whose clocks drift
SOCIALACCOUNT_ADAPTER = "throughline.apps.accounts.adapters.DirectoryAdapter"
SOCIALACCOUNT_ONLY = False
SOCIALACCOUNT_EMAIL_AUTHENTICATION_AUTO_CONNECT = True  # found by address once, by the directory's number after
# A council's own directory, when it is configured.
OPENID_CONNECT_URL = os.environ.get("THROUGHLINE_OIDC_URL", "")
SOCIALACCOUNT_PROVIDERS = {
    "openid_connect": {
        "APPS": [
            {
                "provider_id": "directory",
                "name": os.environ.get("THROUGHLINE_OIDC_NAME", "your council account"),
                "client_id": os.environ.get("THROUGHLINE_OIDC_CLIENT_ID", ""),
                "secret": os.environ.get("THROUGHLINE_OIDC_SECRET", ""),
                "settings": {
                    "server_url": OPENID_CONNECT_URL,
                    "oauth_pkce_enabled": True,
                    # Domains whose addresses the directory owns, for one that never says "email_verified".
                    "verified_email": words("THROUGHLINE_OIDC_DOMAINS"),
                },
            }
        ]
        if OPENID_CONNECT_URL
        else []
    }
}

# How many proxies of the council's own stand before the site and add to X-Forwarded-For. Failed sign-ins are counted by
# the reader's network address, which is otherwise the nearest proxy's, and so everybody's.
ALLAUTH_TRUSTED_PROXY_COUNT = whole_number("THROUGHLINE_PROXIES", 0)

# Bytes that a file about young people may have. A return is read as a stream, whatever its size; on a page its reader waits
# for it, so that there less is taken. A list is held whole while its columns are guessed.
DATABASE_ID = os.environ.get("THROUGHLINE_DATABASE_ID", "")  # of the returns we write; the authority's own number without it
LARGEST_FILE = whole_number("THROUGHLINE_LARGEST_FILE_MB", 1_100) * 1_000_000
LARGEST_UPLOAD = whole_number("THROUGHLINE_LARGEST_UPLOAD_MB", 250) * 1_000_000
LARGEST_LIST = whole_number("THROUGHLINE_LARGEST_LIST_MB", 50) * 1_000_000

LANGUAGE_CODE = "en-gb"
TIME_ZONE = "Europe/London"
USE_TZ = True

STATIC_URL = "/static/"
STATIC_ROOT = VAR / "static"
STATICFILES_DIRS = []
WHITENOISE_USE_FINDERS = True
WHITENOISE_AUTOREFRESH = DEBUG

# Shared by every server process: it holds the counts of failed sign-ins and the codes already used.
# Django's 300 entries would fill within a busy morning, and what is thrown out for room is chosen at random: a count
# of failed sign-ins or a code already used would be forgotten while it still mattered.
CACHES = {
    "default": {
        "BACKEND": "django.core.cache.backends.filebased.FileBasedCache",
        "LOCATION": VAR / "cache",
        "OPTIONS": {"MAX_ENTRIES": 100_000},
    }
}

SESSION_COOKIE_HTTPONLY = True
SESSION_COOKIE_AGE = 60 * 60 * 8
SECURE_CONTENT_TYPE_NOSNIFF = True
SECURE_REFERRER_POLICY = "same-origin"
X_FRAME_OPTIONS = "DENY"
if flag("THROUGHLINE_HTTPS"):
    SECURE_PROXY_SSL_HEADER = ("HTTP_X_FORWARDED_PROTO", "https")
    SECURE_SSL_REDIRECT = SESSION_COOKIE_SECURE = CSRF_COOKIE_SECURE = True
    SECURE_HSTS_SECONDS = 31536000

# Letters are printed where the server runs until a mail server is named.
EMAIL_HOST = os.environ.get("THROUGHLINE_MAIL_HOST", "")
EMAIL_BACKEND = f"django.core.mail.backends.{'smtp' if EMAIL_HOST else 'console'}.EmailBackend"
EMAIL_PORT = whole_number("THROUGHLINE_MAIL_PORT", 587)
EMAIL_HOST_USER = os.environ.get("THROUGHLINE_MAIL_USER", "")
EMAIL_HOST_PASSWORD = os.environ.get("THROUGHLINE_MAIL_PASSWORD", "")
_MAIL_TLS = flag("THROUGHLINE_MAIL_TLS", True)
EMAIL_USE_SSL = _MAIL_TLS and EMAIL_PORT == 465  # the port on which mail servers speak TLS from the first byte
EMAIL_USE_TLS = _MAIL_TLS and not EMAIL_USE_SSL
EMAIL_TIMEOUT = 20  # seconds: a mail server that does not answer must not hold a page for ever
DEFAULT_FROM_EMAIL = os.environ.get("THROUGHLINE_FROM", "throughline@localhost")

# Errors go to standard error, where whatever runs the server keeps them: the address of the page without its query and
# the lines of code that failed, never what was typed. Mail to administrators, Django's own way, would hold both.
LOGGING = {
    "version": 1,
    "disable_existing_loggers": False,
    "formatters": {"plain": {"format": "{asctime} {levelname} {name}: {message}", "style": "{"}},
    "handlers": {"stderr": {"class": "logging.StreamHandler", "formatter": "plain"}},
    "root": {"handlers": ["stderr"], "level": "WARNING"},
    "loggers": {
        "django": {"handlers": [], "level": "WARNING"},
        "django.request": {"level": "ERROR"},  # pages that are not there are what strangers try, not faults
    },
}
