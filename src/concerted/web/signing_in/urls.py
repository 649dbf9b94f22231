"""Addresses of signing in. Of django-allauth's own pages those are left out by which people would sign up, or set a new
password by mail alone: they are invited, and recovery takes two people."""

from allauth.account import views as account
from allauth.mfa.base import views as mfa
from allauth.mfa.recovery_codes import views as codes
from allauth.mfa.totp import views as totp
from allauth.mfa.webauthn import views as webauthn
from allauth.usersessions import views as sessions
from django.urls import path

from concerted.web.signing_in import views

urlpatterns = [
    path("", account.login, name="account_login"),
    path("code/", mfa.authenticate, name="mfa_authenticate"),
    path("passkey/", webauthn.login_webauthn, name="mfa_login_webauthn"),
    path("out/", account.logout, name="account_logout"),
    path("suspended/", account.account_inactive, name="account_inactive"),
    path("again/", account.reauthenticate, name="account_reauthenticate"),
    path("again/code/", mfa.reauthenticate, name="mfa_reauthenticate"),
    path("again/passkey/", webauthn.reauthenticate_webauthn, name="mfa_reauthenticate_webauthn"),
    path("still-here/", views.still_here, name="still_here"),
    path("password/", account.password_change, name="account_change_password"),
    path("second-factor/", views.second_factor, name="second_factor"),
    path("factors/", mfa.index, name="mfa_index"),
    path("factors/codes/", totp.activate_totp, name="mfa_activate_totp"),
    path("factors/codes/remove/", totp.deactivate_totp, name="mfa_deactivate_totp"),
    path("factors/passkeys/", webauthn.list_webauthn, name="mfa_list_webauthn"),
    path("factors/passkeys/add/", webauthn.add_webauthn, name="mfa_add_webauthn"),
    path("factors/passkeys/<int:pk>/", webauthn.edit_webauthn, name="mfa_edit_webauthn"),
    path("factors/passkeys/<int:pk>/remove/", webauthn.remove_webauthn, name="mfa_remove_webauthn"),
    path("factors/recovery/", codes.view_recovery_codes, name="mfa_view_recovery_codes"),
    path("factors/recovery/new/", codes.generate_recovery_codes, name="mfa_generate_recovery_codes"),
    path("factors/recovery/download/", codes.download_recovery_codes, name="mfa_download_recovery_codes"),
    path("sessions/", sessions.list_usersessions, name="usersessions_list"),
]
