"""Brushes for the sample photos: gradients, glows, ridges, mist, grain. Pillow only."""

from __future__ import annotations

import math
from collections.abc import Sequence
from itertools import pairwise
from random import Random
from typing import TypeAlias

from PIL import Image, ImageChops, ImageDraw, ImageFilter

Colour: TypeAlias = tuple[int, int, int]
Point: TypeAlias = tuple[float, float]


def colour(text: str) -> Colour:
    """Return the colour of a ``#rrggbb`` text."""
    return int(text[1:3], 16), int(text[3:5], 16), int(text[5:7], 16)


def mix(one: Colour, other: Colour, share: float) -> Colour:
    """Return ``one`` with ``share`` (0 to 1) of ``other``."""
    return (
        round(one[0] + (other[0] - one[0]) * share),
        round(one[1] + (other[1] - one[1]) * share),
        round(one[2] + (other[2] - one[2]) * share),
    )


def vary(base: Colour, random: Random, amount: int = 14) -> Colour:
    """Return ``base`` a little lighter or darker."""
    by = random.randint(-amount, amount)
    return mix(base, (255, 255, 255) if by > 0 else (0, 0, 0), abs(by) / 100)


class Canvas:
    """A picture being painted. Coordinates run from 0 to 1, from the top left."""

    def __init__(self, width: int, height: int, random: Random) -> None:
        self.width, self.height, self.random = width, height, random
        self.image = Image.new("RGB", (width, height))

    def gradient(
        self, stops: Sequence[tuple[float, Colour]], top: float = 0, bottom: float = 1
    ) -> None:
        """Fill the band from ``top`` to ``bottom`` with colours given at 0 to 1 of its height."""
        rows = max(2, round((bottom - top) * self.height))
        strip = Image.new("RGB", (1, rows))
        strip.putdata([_between(stops, row / (rows - 1)) for row in range(rows)])
        self.image.paste(strip.resize((self.width, rows)), (0, round(top * self.height)))

    def glow(self, at: Point, radius: float, light: Colour, strength: float = 1.0) -> None:
        """Add a soft round light; ``radius`` is a share of the width."""
        size = max(4, round(radius * self.width * 2))
        disc = ImageChops.invert(Image.radial_gradient("L")).resize((size, size))
        # Pillow's gradient reaches white at the corners: at the edges' middle it stands at 181.
        disc = disc.point(
            lambda value: round(max(0, 1 - (255 - value) / 181) ** 2 * 255 * strength)
        )
        layer = Image.new("RGB", self.image.size)
        x, y = round(at[0] * self.width - size / 2), round(at[1] * self.height - size / 2)
        layer.paste(Image.new("RGB", (size, size), light), (x, y), disc)
        self.image = ImageChops.screen(self.image, layer)

    def polygon(
        self, points: Sequence[Point], fill: Colour, blur: float = 0, alpha: float = 1
    ) -> None:
        """Fill a polygon, with soft edges (``blur`` in thousandths of the width) or see-through."""
        if not blur and alpha >= 1:
            ImageDraw.Draw(self.image).polygon(self._points(points), fill=fill)
            return
        mask = Image.new("L", self.image.size)
        ImageDraw.Draw(mask).polygon(self._points(points), fill=round(255 * alpha))
        self._through(mask, fill, blur)

    def box(self, left: float, top: float, right: float, bottom: float, fill: Colour) -> None:
        """Fill a rectangle."""
        ImageDraw.Draw(self.image).rectangle(
            (left * self.width, top * self.height, right * self.width, bottom * self.height),
            fill=fill,
        )

    def disc(self, at: Point, radius: float, fill: Colour, stretch: float = 1) -> None:
        """Fill a disc; ``radius`` is a share of the width, ``stretch`` height over width."""
        x, y, r = at[0] * self.width, at[1] * self.height, radius * self.width
        ImageDraw.Draw(self.image).ellipse(
            (x - r, y - r * stretch, x + r, y + r * stretch), fill=fill
        )

    def ring(self, at: Point, radius: float, stroke: Colour, thickness: float) -> None:
        """Draw a circle."""
        x, y, r = at[0] * self.width, at[1] * self.height, radius * self.width
        width = max(1, round(thickness * self.width))
        ImageDraw.Draw(self.image).ellipse(
            (x - r, y - r, x + r, y + r), outline=stroke, width=width
        )

    def line(self, points: Sequence[Point], stroke: Colour, thickness: float) -> None:
        """Draw a line; ``thickness`` is a share of the width."""
        width = max(1, round(thickness * self.width))
        ImageDraw.Draw(self.image).line(
            self._points(points), fill=stroke, width=width, joint="curve"
        )

    def ridge(self, base: float, rough: float, fill: Colour, *, waves: int = 7) -> list[Point]:
        """Fill everything under a hilly line around ``base``, and return the line."""
        phases = [(self.random.uniform(0, 7), self.random.uniform(0.6, 1.4)) for _ in range(waves)]
        crest = []
        for step in range(201):
            x = step / 200
            height = sum(
                math.sin(x * 2.3 * (1.75**n) * pace + phase) / (1.6**n)
                for n, (phase, pace) in enumerate(phases)
            )
            crest.append((x, base - rough * height / 2))
        self.polygon([(0, 1), *crest, (1, 1)], fill)
        return crest

    def mist(self, top: float, bottom: float, light: Colour, strength: float) -> None:
        """Lay a veil that is thickest at ``bottom`` and ends there softly."""
        rows = max(2, round((bottom - top) * self.height))
        ramp = [
            round(255 * strength * math.sin(math.pi * 0.5 * row / rows) ** 2) for row in range(rows)
        ]
        tail = [round(ramp[-1] * (1 - n / (rows // 2 + 1))) for n in range(rows // 2)]
        strip = Image.new("L", (1, len(ramp) + len(tail)))
        strip.putdata(ramp + tail)
        mask = Image.new("L", self.image.size)
        mask.paste(strip.resize((self.width, strip.height)), (0, round(top * self.height)))
        self._through(mask, light, 0)

    def clouds(
        self, light: Colour, strength: float, top: float, bottom: float, scale: int = 5
    ) -> None:
        """Lay soft clouds over a band, denser in its middle."""
        mask = self.noise(scale).point(lambda value: max(0, min(255, (value - 128) * 4)))
        fade = Image.new("L", (1, 64))
        fade.putdata([round(255 * strength * math.sin(math.pi * n / 63)) for n in range(64)])
        band = Image.new("L", self.image.size)
        rows = max(2, round((bottom - top) * self.height))
        band.paste(fade.resize((self.width, rows)), (0, round(top * self.height)))
        self._through(ImageChops.multiply(mask, band), light, 0)

    def noise(self, cells: int) -> Image.Image:
        """Return smooth noise over the whole picture: three octaves, from ``cells`` up."""
        total = Image.new("L", self.image.size, 128)
        for octave, share in ((1, 0.6), (2, 0.4), (5, 0.25)):
            wide, high = cells * octave + 1, max(3, cells * octave * 2)
            grains = Image.frombytes("L", (wide, high), self.random.randbytes(wide * high))
            total = Image.blend(
                total, grains.resize(self.image.size, Image.Resampling.BICUBIC), share
            )
        return total

    def beam(self, start: Point, ends: tuple[Point, Point], light: Colour, strength: float) -> None:
        """Add a cone of light from ``start``."""
        mask = Image.new("L", self.image.size)
        ImageDraw.Draw(mask).polygon(self._points([start, *ends]), fill=round(255 * strength))
        mask = _soft(mask, 0.014 * self.width)
        layer = Image.composite(
            Image.new("RGB", self.image.size, light), Image.new("RGB", self.image.size), mask
        )
        self.image = ImageChops.screen(self.image, layer)

    def blur(self, amount: float) -> None:
        """Blur what has been painted so far: the far ground, out of focus."""
        self.image = self.image.filter(ImageFilter.GaussianBlur(amount * self.width / 1000))

    def speckle(
        self,
        count: int,
        area: tuple[float, float, float, float],
        colours: Sequence[Colour],
        sizes: tuple[float, float],
    ) -> None:
        """Scatter dots over an area (left, top, right, bottom), larger towards its lower edge."""
        left, top, right, bottom = area
        for _ in range(count):
            depth = self.random.random() ** 1.6
            y = top + (bottom - top) * depth
            size = sizes[0] + (sizes[1] - sizes[0]) * depth
            self.disc((self.random.uniform(left, right), y), size, self.random.choice(colours))

    def vignette(self, strength: float) -> None:
        """Darken the corners."""
        mask = Image.radial_gradient("L").resize(self.image.size)
        mask = mask.point(lambda value: round(max(0, value - 110) * strength))
        self._through(mask, (8, 8, 14), 0)

    def _through(self, mask: Image.Image, fill: Colour, blur: float) -> None:
        if blur:
            mask = _soft(mask, blur * self.width / 1000)
        self.image.paste(Image.new("RGB", self.image.size, fill), (0, 0), mask)

    def _points(self, points: Sequence[Point]) -> list[Point]:
        return [(x * self.width, y * self.height) for x, y in points]


def _soft(mask: Image.Image, radius: float) -> Image.Image:
    """Blur a mask; at a quarter of its size, which nobody can tell from the whole."""
    small = mask.resize((max(1, mask.width // 4), max(1, mask.height // 4)))
    return small.filter(ImageFilter.GaussianBlur(max(0.5, radius / 4))).resize(mask.size)


def _between(stops: Sequence[tuple[float, Colour]], at: float) -> Colour:
    for (low, one), (high, other) in pairwise(stops):
        if at <= high:
            return mix(one, other, (at - low) / (high - low) if high > low else 0)
    return stops[-1][1]
