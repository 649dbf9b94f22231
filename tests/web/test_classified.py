"""Every model is classified, and nothing is that is no model."""

from django.apps import apps

from concerted.web.classified import classified


def test_every_model_is_classified_and_nothing_else() -> None:
    models = {f"{model._meta.app_label}.{model.__name__}" for model in apps.get_models()}
    told = set(classified())
    assert not models - told, f"say in classified.yaml how these are treated: {sorted(models - told)}"
    assert not told - models, f"classified.yaml tells of no model: {sorted(told - models)}"


def test_what_people_read_leaves_an_event_where_it_is_about_people() -> None:
    for name, one in classified().items():
        if one.controller == "the organisation" and name.startswith("organisations."):
            assert one.audit in {"reads and writes", "writes"}, name
