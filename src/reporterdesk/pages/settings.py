"""What a site calls itself."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class SiteSettings:
    """Settings of one public site.

    ``language`` is the BCP 47 tag of the site's own words; ``time_zone`` an IANA name by which
    dates of publication are told. ``public_url`` is the site's address without a slash at the end,
    or ``""``: then each request's own address is taken.
    """

    title: str = "The Field Desk"
    tagline: str = "Reports from where it happened"
    language: str = "en"
    time_zone: str = "UTC"
    public_url: str = ""
    per_page: int = 12
    """Teasers on one section page."""
    per_section: int = 3
    """Teasers for each section on the home page."""
    per_feed: int = 30
    """Reports in one feed."""
