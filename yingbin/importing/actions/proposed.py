"""A file taken as it is proposed, nobody asked: for programs and for tests."""

from collections.abc import Mapping
from dataclasses import replace
from uuid import UUID

from yingbin.journal.action import Acting
from yingbin.people.calendar import ZONE
from yingbin.rules.decision import Refused
from yingbin.tables import Unreadable
from yingbin.tables.survey import Survey, proposed, remembered

from ..declared import AnyImporter, importer_of
from ..queries import memory
from ..uploads import Setting
from .asking import settle_columns, upload


def looked_over(importer: AnyImporter, acting: Acting, data: bytes, file_name: str) -> Survey:
    """What the file seems to hold, read outside of any write. Raises `Refused` where it can't be read."""
    try:
        return importer.survey(data, file_name, acting.at.astimezone(ZONE).date())
    except Unreadable as no:
        raise Refused(importer.clause, no.message) from None


def take_as_proposed(
    acting: Acting,
    *,
    kind: str,
    file_name: str,
    data: bytes,
    told: Mapping[str, Setting] | None = None,
) -> UUID:
    """Keeps a file and lets it be read with its columns as proposed; two writes, the id of the import."""
    importer = importer_of(kind)
    survey = looked_over(importer, acting, data, file_name)
    run_id = upload(
        acting, kind=kind, file_name=file_name, data=data, survey=survey, told=dict(told or {})
    )
    known = memory(acting.site_id, kind)
    choices = proposed(remembered(survey, known, importer.fields, importer.rest))
    settle_columns(replace(acting, key=f"{acting.key}:map"), run_id=run_id, choices=choices)
    return run_id
