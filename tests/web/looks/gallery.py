"""A page with every component of the tag library, for tests alone."""

from django import forms
from django.core.paginator import Paginator
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.safestring import SafeString

from concerted.common import clock
from concerted.web.components import small
from concerted.web.components.lists import Act, Head, Place, Row, Task
from concerted.web.components.moj import Happened

KINDS = [("force", "Police force"), ("council", "Children's services"), ("charity", "Third-sector body")]


class GalleryForm(forms.Form):
    """A field of each kind."""

    name = forms.CharField(max_length=200, help_text="As its letters are headed")
    code = forms.CharField(max_length=10)
    address = forms.EmailField(required=False, widget=forms.EmailInput(attrs={"autocomplete": "username"}))
    password = forms.CharField(widget=forms.PasswordInput)
    family = forms.ChoiceField(choices=KINDS, widget=forms.RadioSelect)
    role = forms.ChoiceField(choices=[("", "Choose one"), *KINDS])
    purposes = forms.MultipleChoiceField(choices=KINDS, widget=forms.CheckboxSelectMultiple, required=False)
    areas = forms.MultipleChoiceField(choices=KINDS)
    begins = forms.DateField(help_text="For example, 27 March 2026")
    reason = forms.CharField(widget=forms.Textarea(attrs={"rows": 4}))
    agreed = forms.BooleanField(label="I have read what is recorded", help_text="It stands on the page of rights.")
    token = forms.CharField(widget=forms.HiddenInput, initial="kept")


def gallery(request: HttpRequest) -> HttpResponse:
    """With errors where something is sent."""
    form = GalleryForm(request.POST) if request.method == "POST" else GalleryForm(initial={"family": "council"})
    return render(request, "gallery.html", {"form": form, "now": clock.now()} | _lists())


def _lists() -> dict[str, object]:
    change = Act("Change", "#", "name")
    return {
        "rows": [Row("Name", "Northvale Police", [change]), Row("Family", "Police"), ("Area", "Northvale & Eastmoor")],
        "card": [Row("Contact point", "07700 900123", [change, Act("Confirm", "#", "contact point")])],
        "heads": ["Day", "What", Head("Records", number=True)],
        "lines": [
            ["2 March 2026", small.tag("waiting", "yellow"), "1,200"],
            ["3 March 2026", SafeString("<b>done</b>"), "3"],
            ["4 March 2026", "<script>never</script>", "0"],
        ],
        "tasks": [
            Task("Confirm your contact point", "#", small.tag("3 days left", "yellow"), "It is asked every 90 days."),
            Task("Read what changed", "", "Done"),
        ],
        "places": [Place("Start", "#"), Place("People", "#", here=True), Place("Audit", "#")],
        "events": [
            Happened("Invited", clock.now(), "Asha Example", SafeString("<p>As an analyst</p>")),
            Happened("Confirmed", clock.now()),
        ],
        "page": Paginator(range(1000), 25).page(7),
    }
