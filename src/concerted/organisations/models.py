"""Organisations, the people who sign in, and the role that a person has in an organisation."""

import uuid
from typing import Any, ClassVar

from django.contrib.auth.base_user import AbstractBaseUser, BaseUserManager
from django.db import models

from concerted.reference.roles import FAMILIES, roles


class People(BaseUserManager["Person"]):
    """People by their e-mail address, in whatever case it is written."""

    def get_by_natural_key(self, username: str | None) -> "Person":
        """Person.DoesNotExist where there is none."""
        return self.get(email__iexact=username)

    def create_user(self, email: str, password: str | None = None, **fields: Any) -> "Person":
        """A person with this password; without one nobody signs in until it is set."""
        person = self.model(email=email.strip().lower(), **fields)
        person.set_password(password)
        person.save(using=self._db)
        return person


class Person(AbstractBaseUser):
    """Somebody who signs in. What they may do hangs on a membership, never on the person."""

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    email = models.EmailField(unique=True)
    name = models.CharField(max_length=200)
    is_active = models.BooleanField(default=True)
    joined = models.DateTimeField(auto_now_add=True)

    objects: ClassVar[People] = People()
    USERNAME_FIELD = "email"
    EMAIL_FIELD = "email"
    REQUIRED_FIELDS: ClassVar[list[str]] = ["name"]

    def __str__(self) -> str:
        return self.name


class Organisation(models.Model):
    """A force, a regional unit, a council's children's services, a health or third-sector body, the taskforce."""

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    name = models.CharField(max_length=200, unique=True)
    family = models.CharField(max_length=20, choices=FAMILIES)
    areas = models.TextField(blank=True)  # the areas it works in, one a line, as it names them
    controller = models.CharField(max_length=200, blank=True)  # its name as a data controller
    registration = models.CharField(max_length=40, blank=True)  # with the Information Commissioner
    version = models.PositiveIntegerField(default=1)

    def __str__(self) -> str:
        return self.name


class ContactPoint(models.Model):
    """Where an organisation is reached by other organisations: one in hours and one out of hours."""

    IN_HOURS, OUT_OF_HOURS = "in", "out"
    HOURS: ClassVar = {IN_HOURS: "in hours", OUT_OF_HOURS: "out of hours"}

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    organisation = models.ForeignKey(Organisation, models.CASCADE, related_name="contact_points")
    hours = models.CharField(max_length=3, choices=HOURS)
    name = models.CharField(max_length=200)  # of a desk or a duty, so that it holds when people change
    telephone = models.CharField(max_length=40)
    email = models.EmailField(blank=True)
    confirmed = models.DateTimeField()
    confirmed_by = models.UUIDField(null=True)
    version = models.PositiveIntegerField(default=1)

    class Meta:
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["organisation", "hours"], name="organisations_one_contact_point")
        ]

    def __str__(self) -> str:
        return f"{self.name}, {self.get_hours_display()}"


class Membership(models.Model):
    """A person's role in an organisation. It is asked for, begins (at once, or once a second person agreed), may be
    suspended, and ends. No row is ever removed: what excludes another role does so for good."""

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    person = models.ForeignKey(Person, models.PROTECT, related_name="memberships")
    organisation = models.ForeignKey(Organisation, models.PROTECT, related_name="memberships")
    role = models.CharField(max_length=40)
    asked = models.DateTimeField()
    asked_by = models.UUIDField(null=True)  # none: the set-up of the store
    begins = models.DateTimeField(null=True)  # none: it waits for a second person, or was refused
    agreed_by = models.UUIDField(null=True)  # the second person, where the role takes one
    suspended = models.DateTimeField(null=True)
    ends = models.DateTimeField(null=True)
    ended_by = models.UUIDField(null=True)
    why = models.CharField(max_length=300, blank=True)  # it was refused, suspended or ended

    class Meta:
        indexes: ClassVar = [models.Index(fields=["organisation", "ends"], name="organisations_now")]

    def __str__(self) -> str:
        return f"{self.person}, {self.in_words} at {self.organisation}"

    @property
    def in_words(self) -> str:
        """Its role for people."""
        return roles()[self.role].words


class Invitation(models.Model):
    """Somebody is to sign in with an organisation. The link works once; only its digest is kept."""

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    organisation = models.ForeignKey(Organisation, models.PROTECT, related_name="invitations")
    email = models.EmailField()
    name = models.CharField(max_length=200)
    role = models.CharField(max_length=40)
    digest = models.CharField(max_length=64, unique=True)
    invited_by = models.UUIDField(null=True)
    invited = models.DateTimeField()
    expires = models.DateTimeField()
    ended = models.DateTimeField(null=True)  # accepted or withdrawn
    accepted_by = models.UUIDField(null=True)

    def __str__(self) -> str:
        return f"{self.name}, {self.organisation}"


class Acquaintance(models.Model):
    """Somebody whom a person declared to know, so that what they open of that name is looked at."""

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    person = models.ForeignKey(Person, models.PROTECT, related_name="acquaintances")
    name = models.CharField(max_length=200)
    how = models.CharField(max_length=200)  # they know each other
    declared = models.DateTimeField()
    ended = models.DateTimeField(null=True)

    def __str__(self) -> str:
        return self.name
