"""Settings that work with no environment at all; every one that a council changes is read from THROUGHLINE_*."""

import os
import secrets
from pathlib import Path
from urllib.parse import urlparse

ROOT = Path(__file__).resolve().parents[2]
VAR = Path(os.environ.get("THROUGHLINE_VAR", ROOT / "var"))
DEFINITIONS = Path(os.environ.get("THROUGHLINE_DEFINITIONS", ROOT / "definitions"))
REFERENCE = Path(os.environ.get("THROUGHLINE_REFERENCE", ROOT / "reference"))
WAREHOUSE = VAR / "warehouse.duckdb"
LOADED = VAR / "loaded"  # published data sets an officer has loaded, over those in the reference set


def _flag(name: str, default: bool = False) -> bool:
    return os.environ.get(name, str(default)).lower() in ("1", "true", "yes", "on")


def _list(name: str, default: str = "") -> list[str]:
    return [item.strip() for item in os.environ.get(name, default).split(",") if item.strip()]


def _secret_key() -> str:
    """The key from the environment, or one made once and kept beside the database."""
    if key := os.environ.get("THROUGHLINE_SECRET_KEY"):
        return key
    kept = VAR / "secret-key"
    VAR.mkdir(parents=True, exist_ok=True)
    try:
        with os.fdopen(os.open(kept, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600), "w") as file:
            file.write(secrets.token_urlsafe(50))
    except FileExistsError:
        pass
    return kept.read_text()


def _database(url: str) -> dict:
    """SQLite unless THROUGHLINE_DATABASE says postgresql://user:password@host:port/name."""
    parts = urlparse(url)
    if parts.scheme == "postgresql":
        return {
            "ENGINE": "django.db.backends.postgresql",
            "NAME": parts.path.lstrip("/"), "USER": parts.username or "", "PASSWORD": parts.password or "",
            "HOST": parts.hostname or "", "PORT": parts.port or "",
            "CONN_MAX_AGE": 60,
        }
    return {
        "ENGINE": "django.db.backends.sqlite3",
        "NAME": parts.path if parts.scheme == "sqlite" else VAR / "throughline.sqlite3",
        "OPTIONS": {
            # Writers queue instead of failing, readers never wait for them.
            "transaction_mode": "IMMEDIATE",
            "timeout": 20,
            "init_command": "PRAGMA journal_mode=WAL; PRAGMA synchronous=NORMAL; PRAGMA cache_size=-32000;",
        },
    }


DEBUG = _flag("THROUGHLINE_DEBUG")
DEMONSTRATION = _flag("THROUGHLINE_DEMONSTRATION")  # shows how to sign in; only ever with invented people
SECRET_KEY = _secret_key()
ALLOWED_HOSTS = _list("THROUGHLINE_HOSTS", "localhost,127.0.0.1,[::1]")
CSRF_TRUSTED_ORIGINS = _list("THROUGHLINE_ORIGINS")

INSTALLED_APPS = [
    "throughline.config",
    "throughline.ui",
    "throughline.apps.performance",
    "throughline.apps.organisations",
    "throughline.apps.accounts",
    "django.contrib.admin",
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
DATABASES = {"default": _database(os.environ.get("THROUGHLINE_DATABASE", ""))}
DEFAULT_AUTO_FIELD = "django.db.models.BigAutoField"

AUTH_USER_MODEL = "accounts.User"
AUTHENTICATION_BACKENDS = ["allauth.account.auth_backends.AuthenticationBackend"]
AUTH_PASSWORD_VALIDATORS = [
    {"NAME": "django.contrib.auth.password_validation.UserAttributeSimilarityValidator"},
    {"NAME": "django.contrib.auth.password_validation.MinimumLengthValidator", "OPTIONS": {"min_length": 12}},
    {"NAME": "django.contrib.auth.password_validation.CommonPasswordValidator"},
]
LOGIN_URL = "account_login"
LOGIN_REDIRECT_URL = "/"
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
                    "verified_email": _list("THROUGHLINE_OIDC_DOMAINS"),
                },
            }
        ]
        if OPENID_CONNECT_URL
        else []
    }
}

LANGUAGE_CODE = "en-gb"
TIME_ZONE = "Europe/London"
USE_TZ = True

STATIC_URL = "/static/"
STATIC_ROOT = VAR / "static"
STATICFILES_DIRS = []
WHITENOISE_USE_FINDERS = True
WHITENOISE_AUTOREFRESH = DEBUG

# Shared by every server process: it holds the counts of failed sign-ins and the codes already used.
CACHES = {"default": {"BACKEND": "django.core.cache.backends.filebased.FileBasedCache", "LOCATION": VAR / "cache"}}

SESSION_COOKIE_HTTPONLY = True
SESSION_COOKIE_AGE = 60 * 60 * 8
SECURE_CONTENT_TYPE_NOSNIFF = True
SECURE_REFERRER_POLICY = "same-origin"
X_FRAME_OPTIONS = "DENY"
if _flag("THROUGHLINE_HTTPS"):
    SECURE_PROXY_SSL_HEADER = ("HTTP_X_FORWARDED_PROTO", "https")
    SECURE_SSL_REDIRECT = SESSION_COOKIE_SECURE = CSRF_COOKIE_SECURE = True
    SECURE_HSTS_SECONDS = 31536000

EMAIL_BACKEND = os.environ.get("THROUGHLINE_EMAIL_BACKEND", "django.core.mail.backends.console.EmailBackend")
DEFAULT_FROM_EMAIL = os.environ.get("THROUGHLINE_FROM", "throughline@localhost")
