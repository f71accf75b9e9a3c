"""What the database knows of its own tables, so that it chooses the right index.

After many rows have come at once both databases read lists many times slower until they have
counted again; PostgreSQL does so by itself after a while, SQLite never.
"""

from __future__ import annotations

from django.apps import apps
from django.db import connection


def renew_statistics() -> None:
    """Have the database count its tables of claims again."""
    with connection.cursor() as cursor:
        for model in apps.get_app_config("claims").get_models():
            cursor.execute(f"ANALYZE {connection.ops.quote_name(model._meta.db_table)}")
