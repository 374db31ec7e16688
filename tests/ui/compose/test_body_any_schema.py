"""The form of a body holds for any schema and any text, sensible or not."""

import json
from random import Random
from typing import Any

from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from PySide6.QtWidgets import QMenu
from pytestqt.qtbot import QtBot

from explorer.openapi.fields import field_spec
from explorer.openapi.hints import Hint
from explorer.ui.theme.manager import Themes
from explorer.ui.widgets.body.json_form import JsonForm
from explorer.ui.widgets.body.json_group import JsonGroup
from explorer.ui.widgets.body.json_row import JsonRow
from tests.core.openapi.schemas import JSON, SCHEMAS

DOCUMENT = {
    "components": {
        "schemas": {
            "A": {"type": "object", "properties": {"a": {"$ref": "#/components/schemas/A"}, "b": {"type": "integer"}}},
            "B": {"anyOf": [{"$ref": "#/components/schemas/A"}, {"type": "array", "items": {"type": "string"}}]},
        }
    }
}
HINTS = (Hint(message="wrong", loc=("body", "a", 0)), Hint(message="wrong", loc=("body",)))


def rows(form: JsonForm) -> list[JsonRow]:
    """Unfold everything, and return the rows."""
    form.builder.finish()
    while folded := [group for group in form.findChildren(JsonGroup) if not group.unfolded and not group.isHidden()]:
        for group in folded:
            group.set_unfolded(unfolded=True)
        form.builder.finish()
    return [row for row in form.findChildren(JsonRow) if row.isVisibleTo(form)]


@settings(max_examples=30, deadline=None, suppress_health_check=list(HealthCheck))
@given(SCHEMAS, JSON, JSON, st.randoms(use_true_random=False))
def test_that_no_schema_and_no_text_break_the_form(
    qtbot: QtBot, themes: Themes, schema: Any, value: Any, other: Any, random: Random
) -> None:
    form = JsonForm(themes)
    qtbot.addWidget(form)
    form.set_schema(field_spec(schema, DOCUMENT), DOCUMENT)
    texts: list[str] = []
    form.text_edited.connect(texts.append)
    for text in (json.dumps(value), json.dumps(other, indent=2), "", "{", json.dumps(value)):
        form.set_text(text)
        rows(form)
        form.set_hints(HINTS)
    assert texts == [], "to be shown changes nothing"
    for row in random.sample(found := rows(form), min(3, len(found))):
        menu = QMenu()
        row._fill_menu(menu)
        actions = [action for action in menu.actions() if not action.isSeparator()]
        random.choice(actions).trigger()
        rows(form)
    for text in texts:
        json.loads(text or "null")
