"""Our components give what GOV.UK's own give, example by example."""

import difflib

import pytest
from django.test.html import parse_html

from concerted.web.served import NOT_BUILT
from tests.web.parity import COMPONENTS, DRAWN, examples

BUILT = pytest.mark.skipif(not COMPONENTS.is_dir(), reason=NOT_BUILT)


@BUILT
@pytest.mark.parametrize("component", DRAWN)
def test_a_component_is_as_gov_uk_draws_it(component: str) -> None:
    drawn = DRAWN[component]
    found = list(examples(component))
    assert len(found) >= drawn.least
    for name, options, theirs in found:
        ours, told = (str(parse_html(one)).split("\n") for one in (drawn.draw(options), theirs))
        assert ours == told, f"{component}, {name}:\n" + "\n".join(difflib.ndiff(ours, told))
