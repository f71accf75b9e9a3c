"""What the database knows of its own tables, so that it chooses the right index.

After many rows have come at once both databases read lists many times slower until they have
counted again; PostgreSQL does so by itself after a while, SQLite never. PostgreSQL answers from an
index alone only where it knows that the rows are settled, which VACUUM tells it.
"""

from __future__ import annotations

from django.apps import apps
from django.db import connection


def renew_statistics() -> None:
    """Have the database count its tables of claims again.

    Within a transaction PostgreSQL cannot be told as well which rows are settled.
    """
    is_settling = connection.vendor == "postgresql" and not connection.in_atomic_block
    count = "VACUUM (ANALYZE)" if is_settling else "ANALYZE"
    with connection.cursor() as cursor:
        for model in apps.get_app_config("claims").get_models():
            cursor.execute(f"{count} {connection.ops.quote_name(model._meta.db_table)}")
