"""The form for a new password, with the words of our pages."""

from typing import Any, Final

from allauth.account.forms import ChangePasswordForm

LABELS: Final = {"oldpassword": "Current password", "password1": "New password", "password2": "New password again"}
HINT: Final = (
    "At least 12 characters. Three or four words that do not belong together are easy to keep in mind and hard "
    "to guess."
)


class PasswordForm(ChangePasswordForm):  # type: ignore[misc]
    """Labels stand in what is said to be missing, too."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        for name, label in LABELS.items():
            self.fields[name].label = label
            self.fields[name].help_text = HINT if name == "password1" else ""
