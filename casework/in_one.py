"""Rows of a second table beside each row of a list, without a question of their own."""

from typing import Any

from django.db.models import JSONField, QuerySet, Subquery


class InOne(Subquery):
    """A subquery of one JSON column ``item`` as a list; ``None`` or empty where it finds nothing."""

    template = "(SELECT jsonb_agg(one.item) FROM (%(subquery)s) AS one)"
    output_field = JSONField()

    def __init__(self, queryset: QuerySet[Any, Any], **extra: Any) -> None:
        super().__init__(queryset, **extra)

    def as_sqlite(self, compiler: Any, connection: Any) -> Any:
        template = "(SELECT json_group_array(json(one.item)) FROM (%(subquery)s) AS one)"
        return self.as_sql(compiler, connection, template=template)
