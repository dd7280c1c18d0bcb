"""Routes of the room. ``sign_in_patterns`` carry the names that allauth looks for."""

from allauth.account import views as account_views
from allauth.mfa.base import views as mfa_views
from allauth.mfa.recovery_codes import views as code_views
from allauth.mfa.totp import views as totp_views
from allauth.socialaccount import views as social_views
from django.urls import path, re_path

from mehrwert.accounts.views import links, mail, me, openid, people

app_name = "accounts"
urlpatterns = [
    path("konto/", me.profile, name="profile"),
    path("konto/sitzungen/", me.sessions, name="sessions"),
    path("konto/sitzungen/andere/", me.end_other_sessions, name="end_other_sessions"),
    path("konto/sitzungen/<int:session_id>/", me.end_own_session, name="end_session"),
    path("konto/einladung/<str:token>/", links.invitation, name="invitation"),
    path("konto/erste-schritte/<str:token>/", links.first_steps, name="first_steps"),
    path("betrieb/personen/", people.people, name="people"),
    path("betrieb/personen/einladen/", people.invite, name="invite"),
    re_path(
        rf"^betrieb/personen/(?P<user_id>\d+)/(?P<step>{'|'.join(people.STEPS)})/$",
        people.change_person,
        name="change_person",
    ),
    path("betrieb/mail/", mail.mail, name="mail"),
    path("betrieb/mail/probe/", mail.test_mail, name="test_mail"),
]

sign_in_patterns = [
    path("konto/anmelden/", account_views.login, name="account_login"),
    path("konto/anmelden/code/", mfa_views.authenticate, name="mfa_authenticate"),
    path("konto/abmelden/", account_views.logout, name="account_logout"),
    path("konto/deaktiviert/", account_views.account_inactive, name="account_inactive"),
    path("konto/bestaetigen/", account_views.reauthenticate, name="account_reauthenticate"),
    path("konto/bestaetigen/code/", mfa_views.reauthenticate, name="mfa_reauthenticate"),
    path("konto/passwort/", account_views.password_change, name="account_change_password"),
    path("konto/passwort/festlegen/", account_views.password_set, name="account_set_password"),
    path(
        "konto/passwort/vergessen/",
        me.ForgottenPasswordView.as_view(),
        name="account_reset_password",
    ),
    path(
        "konto/passwort/vergessen/gesendet/",
        account_views.password_reset_done,
        name="account_reset_password_done",
    ),
    re_path(
        r"^konto/passwort/neu/(?P<uidb36>[0-9A-Za-z]+)-(?P<key>.+)/$",
        account_views.password_reset_from_key,
        name="account_reset_password_from_key",
    ),
    path(
        "konto/passwort/geaendert/",
        account_views.password_reset_from_key_done,
        name="account_reset_password_from_key_done",
    ),
    path("konto/zweiter-faktor/", mfa_views.index, name="mfa_index"),
    path("konto/zweiter-faktor/an/", totp_views.activate_totp, name="mfa_activate_totp"),
    path("konto/zweiter-faktor/aus/", totp_views.deactivate_totp, name="mfa_deactivate_totp"),
    path(
        "konto/zweiter-faktor/codes/",
        code_views.view_recovery_codes,
        name="mfa_view_recovery_codes",
    ),
    path(
        "konto/zweiter-faktor/codes/neu/",
        code_views.generate_recovery_codes,
        name="mfa_generate_recovery_codes",
    ),
    path(
        "konto/zweiter-faktor/codes/datei/",
        code_views.download_recovery_codes,
        name="mfa_download_recovery_codes",
    ),
    path("konto/openid/<str:provider_id>/", openid.sign_in, name="openid_connect_login"),
    path(
        "konto/openid-abgebrochen/",
        social_views.login_cancelled,
        name="socialaccount_login_cancelled",
    ),
]

# without language: a provider knows exactly one address to come back to
callback_patterns = [
    path(
        "konto/openid/<str:provider_id>/zurueck/",
        openid.come_back,
        name="openid_connect_callback",
    ),
]
