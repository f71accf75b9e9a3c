"""What the database knows of its own tables, so that it chooses the right index.

After many rows have come at once both databases read lists many times slower until they have
counted again; PostgreSQL does so by itself after a while, SQLite never. PostgreSQL answers from an
index alone only where it knows that the rows are settled, which VACUUM tells it.
"""

from __future__ import annotations

from concurrent.futures import ThreadPoolExecutor

from django.apps import apps
from django.db import connection

AT_ONCE = 2
"""Tables that are counted at one time, each on a connection of its own."""


def renew_statistics() -> None:
    """Have the database count its tables of claims again.

    Within a transaction PostgreSQL cannot be told as well which rows are settled.
    """
    models = apps.get_app_config("claims").get_models()
    tables = [connection.ops.quote_name(model._meta.db_table) for model in models]
    if connection.vendor == "postgresql" and not connection.in_atomic_block:
        with ThreadPoolExecutor(AT_ONCE) as threads:
            for done in [threads.submit(_settle, table) for table in tables]:
                done.result()
        return
    with connection.cursor() as cursor:
        # All rows are looked at: with PRAGMA analysis_limit SQLite takes what nearly every row has,
        # such as being published, for something that so few have, and goes through a table by it.
        for table in tables:
            cursor.execute(f"ANALYZE {table}")


def _settle(table: str) -> None:
    try:
        with connection.cursor() as cursor:
            cursor.execute(f"VACUUM (ANALYZE) {table}")
    finally:
        connection.close()  # this thread's own
