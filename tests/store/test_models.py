from __future__ import annotations

import pytest

from linkshot.store import models
from linkshot.store.library import Library

MODELS = [models.Blob, models.Link, models.Tree, models.Snapshot, models.Tag, models.Capture]


@pytest.mark.parametrize("model", MODELS, ids=lambda model: model.__name__)
def test_model_is_what_the_migrations_made(library: Library, model: type[models.Model]) -> None:
    table = model._meta.table_name
    columns = library.database.rows("SELECT name FROM pragma_table_info(?)", (table,))
    assert [name for (name,) in columns] == list(model._meta.sorted_field_names)


def test_models_select_without_being_bound(library: Library) -> None:
    assert list(models.Link.select().execute(library.database)) == []
