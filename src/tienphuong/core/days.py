"""A day so many days before another, as each database reckons it without asking Python row by row."""

from typing import Any

from django.db.models import DateField, Func


class DaysBefore(Func):
    """The day so many days before the day of a column."""

    output_field = DateField()
    arity = 1

    def __init__(self, column: str, *, days: int, **more: Any) -> None:
        super().__init__(column, days=days, **more)

    template = "(%(expressions)s - %(days)s)"

    def as_sqlite(self, compiler: Any, connection: Any, **context: Any) -> tuple[str, Any]:
        """Days are text there."""
        return self.as_sql(compiler, connection, template="date(%(expressions)s, '-%(days)s days')", **context)
