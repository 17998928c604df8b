"""Reports with large photos, and their sending at 1,600 pixels, as the app does it in steps."""

from __future__ import annotations

from dataclasses import replace
from functools import cache

from reporterdesk.domain.delivery import Delivery
from reporterdesk.domain.photo import Photo
from reporterdesk.photos.imported import ImportedPhoto
from reporterdesk.photos.reading import read_photo
from reporterdesk.photos.smaller import make_smaller
from reporterdesk.store.store import Store
from reporterdesk.workflow.attaching import attach
from reporterdesk.workflow.drafting import save_draft
from reporterdesk.workflow.filing import file_report
from reporterdesk.workflow.resizing import ResizePlan, file_smaller, keep, plan
from support.clocks import HandClock
from support.jpegs import make_jpeg
from support.laptop import Laptop


@cache
def large_photo(seed: int) -> ImportedPhoto:
    """Return a real photo of 2,600 pixels; it takes a moment, once."""
    return read_photo(make_jpeg(2600, 1800, seed=seed, quality=90, artist="Ines Kalder"))


def file_with_large_photos(here: Laptop, count: int, headline: str = "The hall was full") -> str:
    """Write a report with large photos, file it, and return its id."""
    photos: list[Photo] = []
    for number in range(count):
        photo = attach(here.store, large_photo(number))
        photos.append(replace(photo, caption=f"The hall, {number}", alt_text="A full hall"))
    report_id = here.write(headline)
    content = replace(here.report(report_id).content, photos=tuple(photos))
    save_draft(here.store, report_id, content, clock=here.clock)
    file_report(here.store, report_id, clock=here.clock)
    return report_id


def wanted_plan(store: Store, report_id: str) -> ResizePlan:
    """Return the plan, which must be there."""
    found = plan(store, report_id)
    assert found is not None
    return found


def send_smaller(store: Store, clock: HandClock, report_id: str) -> Delivery:
    """Do all steps, one after another."""
    wanted = wanted_plan(store, report_id)
    made = {
        photo_id: keep(store, make_smaller(store.photos.read(full.sha256)))
        for photo_id, full in wanted.fulls.items()
    }
    return file_smaller(store, report_id, wanted.revision_id, made, clock=clock)
