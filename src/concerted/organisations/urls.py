"""Addresses of organisations and people."""

from django.urls import path

from concerted.organisations import views, views_instance, views_person

urlpatterns = [
    path("people/", views.people, name="people"),
    path("people/invite/", views.invite, name="invite"),
    path("people/invitations/<uuid:invitation>/withdraw/", views.withdraw, name="withdraw_invitation"),
    path("people/<uuid:one>/", views.membership, name="membership"),
    path("organisation/", views.organisation, name="organisation"),
    path("organisation/contact/<str:hours>/", views.contact_point, name="contact_point"),
    path("organisation/contact/<str:hours>/confirm/", views.confirm, name="confirm_contact_point"),
    path("organisations/", views_instance.organisations, name="organisations"),
    path("organisations/new/", views_instance.create, name="create_organisation"),
    path(
        "organisations/<uuid:organisation>/administrator/",
        views_instance.first_administrator,
        name="first_administrator",
    ),
    path("invitations/<str:token>/", views_person.invitation, name="invitation"),
    path("me/", views_person.me, name="me"),
    path("me/as/<uuid:membership>/", views_person.switch, name="switch"),
    path("me/knows/<uuid:acquaintance>/end/", views_person.end_acquaintance, name="end_acquaintance"),
]
