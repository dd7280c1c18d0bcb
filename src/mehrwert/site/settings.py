"""Django's settings, derived from the options. No behaviour here."""

import os
from pathlib import Path
from urllib.parse import urlsplit

from csp.constants import SELF

from mehrwert.accounts.sign_in_config import openid_providers, rate_limit_cache
from mehrwert.base.databases import databases
from mehrwert.base.log_config import logging_config
from mehrwert.base.options import read_options
from mehrwert.base.secrets_file import read_or_create_secret
from mehrwert.site.options import OPTIONS

PACKAGE_DIR = Path(__file__).resolve().parent.parent

_config = os.environ.get("MEHRWERT_CONFIG", "")
MEHRWERT = read_options(OPTIONS, file=Path(_config) if _config else None)

DATA_DIR = Path(MEHRWERT.data_dir).resolve()
DEBUG = MEHRWERT.debug
SECRET_KEY = MEHRWERT.secret_key or read_or_create_secret(DATA_DIR / "secret.key")
_public = urlsplit(MEHRWERT.public_url)
ALLOWED_HOSTS = [*MEHRWERT.allowed_hosts, *([_public.hostname] if _public.hostname else [])]
CSRF_TRUSTED_ORIGINS = [f"{_public.scheme}://{_public.netloc}"] if _public.netloc else []

DATABASES = databases(MEHRWERT.database_url, DATA_DIR)
ONE_DATABASE = bool(MEHRWERT.database_url)
DATABASE_ROUTERS = ["mehrwert.site.router.RoomRouter"]

INSTALLED_APPS = [
    "django.contrib.auth",
    "django.contrib.contenttypes",
    "django.contrib.sessions",
    "django.contrib.messages",
    "whitenoise.runserver_nostatic",
    "django.contrib.staticfiles",
    "django.forms",
    "mehrwert.base",
    "mehrwert.accounts",  # before allauth: its templates win
    "allauth",
    "allauth.account",
    "allauth.mfa",
    "allauth.socialaccount",
    "allauth.socialaccount.providers.openid_connect",
    "allauth.usersessions",
    "csp",
    "django_htmx",
    "django_tasks",
    "mehrwert.municipalities",
    "mehrwert.catalogue",
    "mehrwert.observations",
    "mehrwert.geodata",
    "mehrwert.portfolio",
    "mehrwert.evidence",
    "mehrwert.evaluation",
    "mehrwert.provision",
    "mehrwert.intake",
    "mehrwert.standards.dcat_ap",
    "mehrwert.standards.publiccode",
    "mehrwert.alerts",
    "mehrwert.standards.schema_org",
    "mehrwert.standards.sensorthings",
    "mehrwert.standards.software_catalog",
    "mehrwert.connectors.lorawan",
    "mehrwert.connectors.mqtt",
    "mehrwert.connectors.pulls",
    "mehrwert.connectors.repositories",
    "mehrwert.connectors.table_files",
    "mehrwert.starters",
    "mehrwert.demo",
]

MIDDLEWARE = [
    "django.middleware.security.SecurityMiddleware",
    "whitenoise.middleware.WhiteNoiseMiddleware",
    "django.middleware.gzip.GZipMiddleware",
    "django.contrib.sessions.middleware.SessionMiddleware",
    "django.middleware.locale.LocaleMiddleware",
    "django.middleware.common.CommonMiddleware",
    "django.middleware.csrf.CsrfViewMiddleware",
    "django.contrib.auth.middleware.AuthenticationMiddleware",
    "allauth.account.middleware.AccountMiddleware",
    "allauth.usersessions.middleware.UserSessionsMiddleware",
    "django.contrib.messages.middleware.MessageMiddleware",
    "django.middleware.clickjacking.XFrameOptionsMiddleware",
    "csp.middleware.CSPMiddleware",
    "django_htmx.middleware.HtmxMiddleware",
    "mehrwert.municipalities.middleware.TenantMiddleware",
    "mehrwert.base.http_errors.ErrorMiddleware",
]

ROOT_URLCONF = "mehrwert.site.urls"
ASGI_APPLICATION = "mehrwert.site.asgi.application"
TEMPLATES = [
    {
        "BACKEND": "django.template.backends.django.DjangoTemplates",
        "APP_DIRS": True,
        "OPTIONS": {
            "context_processors": [
                "django.template.context_processors.request",
                "django.template.context_processors.i18n",
                "django.contrib.auth.context_processors.auth",
                "django.contrib.messages.context_processors.messages",
                "mehrwert.base.context.shell",
            ],
        },
    }
]
FORM_RENDERER = "mehrwert.base.forms.Renderer"

AUTH_USER_MODEL = "accounts.User"
AUTHENTICATION_BACKENDS = ["allauth.account.auth_backends.AuthenticationBackend"]
PASSWORD_HASHERS = [
    "django.contrib.auth.hashers.Argon2PasswordHasher",
    "django.contrib.auth.hashers.PBKDF2PasswordHasher",
]
AUTH_PASSWORD_VALIDATORS = [
    {
        "NAME": "django.contrib.auth.password_validation.MinimumLengthValidator",
        "OPTIONS": {"min_length": 12},
    },
    {
        "NAME": "django.contrib.auth.password_validation.UserAttributeSimilarityValidator",
        "OPTIONS": {"user_attributes": ("email", "display_name")},
    },
    {"NAME": "django.contrib.auth.password_validation.CommonPasswordValidator"},
]
PASSWORD_RESET_TIMEOUT = 24 * 60 * 60
LOGIN_URL = "account_login"
LOGIN_REDIRECT_URL = "/"
ACCOUNT_ADAPTER = "mehrwert.accounts.adapter.AccountAdapter"
ACCOUNT_LOGIN_METHODS = {"email"}
ACCOUNT_SIGNUP_FIELDS = ["email*", "password1*", "password2*"]
ACCOUNT_USER_MODEL_USERNAME_FIELD = None
ACCOUNT_EMAIL_VERIFICATION = "none"  # an invitation or the operator has proved the address
ACCOUNT_EMAIL_UNKNOWN_ACCOUNTS = False
ACCOUNT_SESSION_REMEMBER = True
ACCOUNT_REAUTHENTICATION_TIMEOUT = 15 * 60
ACCOUNT_RATE_LIMITS = {"login": "30/m/ip", "login_failed": "10/m/ip,5/5m/key"}
ACCOUNT_FORMS = {
    "login": "mehrwert.accounts.forms.SignInForm",
    "reauthenticate": "mehrwert.accounts.forms.ConfirmPasswordForm",
    "change_password": "mehrwert.accounts.forms.ChangePasswordForm",
    "set_password": "mehrwert.accounts.forms.SetPasswordForm",
    "reset_password": "mehrwert.accounts.forms.ForgottenPasswordForm",
    "reset_password_from_key": "mehrwert.accounts.forms.NewPasswordForm",
}
MFA_ADAPTER = "mehrwert.accounts.adapter.SecondFactorAdapter"
MFA_ALLOW_UNVERIFIED_EMAIL = True
MFA_TOTP_ISSUER = "Mehrwert"
MFA_TOTP_TOLERANCE = 1
MFA_FORMS = {
    "authenticate": "mehrwert.accounts.forms.CodeForm",
    "reauthenticate": "mehrwert.accounts.forms.ConfirmCodeForm",
    "activate_totp": "mehrwert.accounts.forms.ActivateTotpForm",
}
SOCIALACCOUNT_ADAPTER = "mehrwert.accounts.adapter.OpenIdAdapter"
SOCIALACCOUNT_STORE_TOKENS = False
SOCIALACCOUNT_PROVIDERS = openid_providers(
    MEHRWERT.oidc_issuer, MEHRWERT.oidc_client_id, MEHRWERT.oidc_client_secret
)
EMAIL_BACKEND = "mehrwert.accounts.mail.SettingsBackend"
DEFAULT_FROM_EMAIL = "mehrwert@localhost"
CACHES = rate_limit_cache(shared=ONE_DATABASE)

LANGUAGE_CODE = "de"
LANGUAGES = [("de", "Deutsch"), ("en", "English")]
LOCALE_PATHS = [
    PACKAGE_DIR / room / "locale"
    for room in (
        "base",
        "site",
        "accounts",
        "municipalities",
        "catalogue",
        "observations",
        "intake",
        "standards/dcat_ap",
        "standards/publiccode",
        "standards/sensorthings",
        "connectors/lorawan",
        "connectors/mqtt",
        "connectors/pulls",
        "connectors/repositories",
        "connectors/table_files",
        "demo",
        "figures",
    )
]
USE_I18N = True
USE_TZ = True
TIME_ZONE = "Europe/Berlin"
# pages write numbers with the filter `number`; ids and addresses must stay plain digits
USE_THOUSAND_SEPARATOR = False

STATIC_URL = "/static/"
STATIC_ROOT = DATA_DIR / "static"
STORAGES = {
    "default": {"BACKEND": "django.core.files.storage.FileSystemStorage"},
    "staticfiles": {"BACKEND": "whitenoise.storage.CompressedStaticFilesStorage"},
}
WHITENOISE_USE_FINDERS = True
WHITENOISE_KEEP_ONLY_HASHED_FILES = False
WHITENOISE_IMMUTABLE_FILE_TEST = r"^/static/vendor/[^/]+-\d[^/]*/"
MEDIA_ROOT = DATA_DIR / "files"
DATA_UPLOAD_MAX_MEMORY_SIZE = MEHRWERT.body_limit_mb * 1024 * 1024
FILE_UPLOAD_MAX_MEMORY_SIZE = 1024 * 1024
FILE_UPLOAD_PERMISSIONS = 0o600

CONTENT_SECURITY_POLICY = {
    "DIRECTIVES": {
        "default-src": [SELF],
        "script-src": [SELF],
        "style-src": [SELF],
        "worker-src": [SELF],
        "img-src": [SELF, "data:", "blob:"],
        "connect-src": [SELF],
        "object-src": ["'none'"],
        "base-uri": [SELF],
        "form-action": [SELF],
        "frame-ancestors": [SELF],
    }
}
SECURE_CONTENT_TYPE_NOSNIFF = True
SECURE_REFERRER_POLICY = "same-origin"
X_FRAME_OPTIONS = "SAMEORIGIN"
SESSION_COOKIE_SECURE = _public.scheme == "https"
CSRF_COOKIE_SECURE = _public.scheme == "https"
SESSION_COOKIE_AGE = 60 * 60 * 12
SESSION_COOKIE_SAMESITE = "Lax"

TASKS = {"default": {"BACKEND": "mehrwert.base.jobs_backend.LeaseBackend"}}
DEFAULT_AUTO_FIELD = "django.db.models.BigAutoField"
MEHRWERT_WIRING = "mehrwert.site.wiring"
LOGGING = logging_config(MEHRWERT.log_level, MEHRWERT.log_format)
CSRF_FAILURE_VIEW = "mehrwert.base.http_errors.csrf_failed"
