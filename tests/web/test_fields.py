"""Fields of forms as parts of pages: labels, hints, what is wrong, what was given."""

from typing import Any

import pytest
from django import forms
from django.test.html import parse_html

from concerted.organisations.models import Person
from concerted.web.components import fields
from concerted.web.signing_in.passwords import PasswordForm

KINDS = [("", "Choose one"), ("force", "Police force"), ("council", "Children's services")]


class Form(forms.Form):
    name = forms.CharField(max_length=200, help_text="As its letters are headed")
    law = forms.CharField(label="DPA part", max_length=12, required=False)
    mail = forms.EmailField(label="Email address:", required=False)
    number = forms.IntegerField(required=False)
    password = forms.CharField(widget=forms.PasswordInput(attrs={"placeholder": "never", "autocomplete": "off"}))
    family = forms.ChoiceField(choices=KINDS, widget=forms.RadioSelect)
    role = forms.ChoiceField(choices=KINDS)
    areas = forms.MultipleChoiceField(choices=KINDS[1:])
    parts = forms.MultipleChoiceField(choices=KINDS[1:], widget=forms.CheckboxSelectMultiple, required=False)
    begins = forms.DateField(required=False)
    reason = forms.CharField(widget=forms.Textarea(attrs={"rows": 3}), required=False)
    agreed = forms.BooleanField(label="I agree", help_text="It is recorded.")
    token = forms.CharField(widget=forms.HiddenInput, required=False)


def drawn(name: str, data: dict[str, Any] | None = None, **how: Any) -> str:
    """A field, as HTML in one form."""
    return str(parse_html(fields.field(Form(data)[name], **how)))


def test_a_field_has_its_label_and_its_hint() -> None:
    html = drawn("name")
    assert '<label class="govuk-label" for="id_name">\nName\n</label>' in html
    assert "As its letters are headed" in html
    assert 'aria-describedby="id_name-hint"' in html


def test_a_template_may_say_label_and_hint_itself() -> None:
    html = drawn("name", label="Organisation", hint="")
    assert "Organisation" in html
    assert "letters" not in html


def test_what_need_not_be_given_says_so() -> None:
    assert "Email address (optional)" in drawn("mail")
    assert "optional" not in drawn("parts")
    assert "optional" not in drawn("agreed")


def test_kinds_of_answers_have_the_input_that_fits() -> None:
    assert 'type="email"' in drawn("mail")
    assert 'type="text"' in drawn("number"), "a browser changes what is typed into a number"
    assert "govuk-input--width-20" in drawn("law")
    assert "govuk-input--width" not in drawn("name")
    assert "govuk-input--width-5" in drawn("name", width="5")
    assert 'rows="3"' in drawn("reason")
    assert drawn("token") == str(parse_html('<input type="hidden" name="token" id="id_token">'))


def test_what_keeps_somebody_out_is_left_out() -> None:
    html = drawn("password")
    assert "placeholder" not in html
    assert "required" not in html
    assert 'autocomplete="off"' in html


def test_a_password_is_never_sent_back() -> None:
    assert "secret words" not in drawn("password", {"password": "secret words"})


def test_one_of_several_has_no_empty_choice_among_its_buttons() -> None:
    assert "Choose one" not in drawn("family")
    assert "Choose one" in drawn("role")


@pytest.mark.parametrize("name", ["family", "role", "areas", "parts"])
def test_what_was_chosen_stays_chosen(name: str) -> None:
    given: Any = ["council"] if name in {"areas", "parts"} else "council"
    html = drawn(name, {name: given})
    assert html.count("checked") + html.count("selected") == 1


def test_what_was_written_stays_written() -> None:
    assert 'value="&lt;b&gt;"' in fields.field(Form({"name": "<b>"})["name"])
    assert "because" in drawn("reason", {"reason": "because"})


@pytest.mark.parametrize(
    ("name", "said"),
    [
        ("name", "Enter name"),
        ("password", "Enter password"),
        ("family", "Choose family"),
        ("role", "Choose role"),
        ("areas", "Choose areas"),
        ("agreed", "Tick this to go on: I agree"),
    ],
)
def test_what_is_missing_is_said_with_what_to_do(name: str, said: str) -> None:
    html = drawn(name, {})
    assert said in html
    assert "govuk-form-group--error" in html


def test_a_word_of_capitals_stays_so() -> None:
    form = Form({})
    form.fields["law"].required = True
    assert "Enter DPA part" in fields.errors([form])


def test_the_errors_of_a_form_lead_to_their_fields() -> None:
    form = Form({"mail": "no address"})
    form.add_error(None, "These do not go together.")
    html = str(parse_html(fields.errors([form])))
    assert "These do not go together." in html
    assert '<a href="#id_name">\nEnter name' in html
    assert '<a href="#id_mail">\nEnter a valid email address.' in html


def test_where_all_is_well_there_is_no_summary() -> None:
    assert fields.errors([Form()]) == ""


def test_the_errors_of_several_forms_stand_together() -> None:
    several = forms.formset_factory(Form, min_num=1, validate_min=True, extra=0)
    data = {"form-TOTAL_FORMS": "1", "form-INITIAL_FORMS": "0", "form-0-name": "x"}
    html = fields.errors([several(data), Form({})])
    assert "#id_form-0-role" in html
    assert "#id_role" in html


def test_what_is_wrong_with_a_set_of_forms_is_said_too() -> None:
    several = forms.formset_factory(Form, min_num=2, validate_min=True, extra=0)
    html = fields.errors([several({"form-TOTAL_FORMS": "0", "form-INITIAL_FORMS": "0"})])
    assert "Please submit at least 2 forms." in html


def test_choices_in_groups_are_all_there() -> None:
    class Grouped(forms.Form):
        role = forms.ChoiceField(choices=[("Police", [("sio", "Senior officer")]), ("other", "Other")])

    html = fields.field(Grouped()["role"])
    assert "Senior officer" in html
    assert "Other" in html


@pytest.mark.django_db
def test_a_new_password_is_asked_for_in_our_words() -> None:
    person = Person.objects.create_user("asha@northvale.example", "three words apart 7", name="Asha Example")
    form = PasswordForm(person, {})
    html = fields.errors([form])
    assert "Enter current password" in html
    assert "Enter new password again" in html
    assert "At least 12 characters." in fields.field(form["password1"])
