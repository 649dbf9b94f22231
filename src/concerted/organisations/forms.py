"""What people fill in about organisations and their people."""

from django import forms

from concerted.organisations.models import ContactPoint
from concerted.reference.roles import FAMILIES, of_family


class InviteForm(forms.Form):
    """Somebody to invite."""

    name = forms.CharField(max_length=200, label="Name")
    email = forms.EmailField(label="E-mail address", help_text="At work, and their own: not one that a team shares.")
    role = forms.ChoiceField(label="Role", widget=forms.RadioSelect)

    def __init__(self, data: object = None, *, family: str, only: str = "") -> None:
        super().__init__(data)  # type: ignore[arg-type]
        offered = [role for role in of_family(family) if not only or role.key == only]
        self.fields["role"].choices = [(role.key, role.words) for role in offered]  # type: ignore[attr-defined]
        if only:
            self.fields["role"].initial = only


class OrganisationForm(forms.Form):
    """A new organisation."""

    name = forms.CharField(max_length=200, label="Name")
    family = forms.ChoiceField(
        label="What kind of organisation it is",
        choices=[(key, words) for key, words in FAMILIES.items() if key != "public"],
        widget=forms.RadioSelect,
    )
    areas = forms.CharField(
        label="Areas it works in", widget=forms.Textarea, required=False, help_text="One a line, as it names them."
    )


class DetailsForm(forms.Form):
    """What others should know of an organisation."""

    areas = forms.CharField(
        label="Areas it works in", widget=forms.Textarea, required=False, help_text="One a line, as you name them."
    )
    controller = forms.CharField(max_length=200, label="Data controller", required=False)
    registration = forms.CharField(
        max_length=40, label="Registration number", required=False, help_text="With the Information Commissioner."
    )
    version = forms.IntegerField(widget=forms.HiddenInput)


class ContactPointForm(forms.Form):
    """Where an organisation is reached."""

    hours = forms.ChoiceField(label="When", choices=list(ContactPoint.HOURS.items()), widget=forms.RadioSelect)
    name = forms.CharField(max_length=200, label="Desk or duty", help_text="Not a person's name: people change.")
    telephone = forms.CharField(max_length=40, label="Telephone")
    email = forms.EmailField(label="E-mail address", required=False)


class WhyForm(forms.Form):
    """A reason, where one is owed."""

    why = forms.CharField(max_length=300, label="Why", help_text="In a few words. Nothing of a case.")


class AcquaintanceForm(forms.Form):
    """Somebody whom one knows."""

    name = forms.CharField(max_length=200, label="Their name")
    how = forms.CharField(max_length=200, label="How you know each other")


class PasswordForm(forms.Form):
    """The password of somebody who was invited."""

    password = forms.CharField(
        label="Choose a password",
        widget=forms.PasswordInput(attrs={"autocomplete": "new-password"}),
        help_text="12 characters or more. Three words that have nothing to do with each other are good.",
    )
    again = forms.CharField(
        label="The same password again", widget=forms.PasswordInput(attrs={"autocomplete": "new-password"})
    )

    def clean(self) -> dict[str, object]:
        """Both are the same."""
        given = self.cleaned_data
        if given.get("password") and given.get("again") and given["password"] != given["again"]:
            self.add_error("again", "The two passwords differ")
        return given
