"""Books, and seeds in jars."""

from __future__ import annotations

from reporterdesk.demo.painting import Canvas, Colour, Point, colour, mix, vary


def bookshelves(canvas: Canvas) -> None:
    """Full shelves, lit from one side."""
    random = canvas.random
    wood = random.choice([colour("#5A3B22"), colour("#6E5238"), colour("#43352B")])
    canvas.gradient([(0, mix(wood, (0, 0, 0), 0.55)), (1, mix(wood, (0, 0, 0), 0.7))])
    spines = [
        colour(text)
        for text in (
            "#8C2F2B",
            "#2F4A66",
            "#3F5B3E",
            "#C6A15A",
            "#E5DCC6",
            "#5B3A57",
            "#2B2B30",
            "#B2633B",
            "#6D8C8C",
            "#93794F",
        )
    ]
    rows = 4
    for row in range(rows):
        floor = (row + 1) * 1.0 / rows - 0.012
        x = -random.random() * 0.02
        while x < 1.02:
            wide = random.uniform(0.011, 0.03)
            high = random.uniform(0.145, 0.215)
            if random.random() < 0.05:
                x += random.uniform(0.015, 0.05)
                continue
            lean = random.choice([0, 0, 0, 0, 0.012])
            _book(
                canvas,
                (x, floor),
                (wide, high),
                tone=vary(random.choice(spines), random, 16),
                lean=lean,
            )
            x += wide + 0.0006 + lean
        canvas.box(0, floor, 1, floor + 0.026, wood)
        canvas.box(0, floor, 1, floor + 0.004, mix(wood, (255, 225, 180), 0.35))
        canvas.polygon(
            [(0, floor + 0.026), (1, floor + 0.026), (1, floor + 0.06), (0, floor + 0.06)],
            (5, 3, 2),
            blur=10,
            alpha=0.6,
        )
    side = random.choice([0.02, 0.98])
    canvas.polygon(
        [(1 - side, -0.1), (1 - side + 0.4, 0.5), (1 - side, 1.1), (1 - side - 0.4, 0.5)],
        (6, 4, 4),
        blur=150,
        alpha=0.75,
    )
    canvas.glow((side, 0.35), 0.75, colour("#FFCF8F"), 0.62)
    canvas.vignette(0.8)


def _book(canvas: Canvas, at: Point, size: Point, *, tone: Colour, lean: float) -> None:
    x, floor = at
    wide, high = size
    random = canvas.random
    canvas.polygon(
        [(x, floor), (x + wide, floor), (x + wide + lean, floor - high), (x + lean, floor - high)],
        tone,
    )
    canvas.polygon(
        [
            (x, floor),
            (x + wide * 0.16, floor),
            (x + wide * 0.16 + lean, floor - high),
            (x + lean, floor - high),
        ],
        mix(tone, (255, 255, 255), 0.16),
    )
    canvas.polygon(
        [
            (x + wide * 0.84, floor),
            (x + wide, floor),
            (x + wide + lean, floor - high),
            (x + wide * 0.84 + lean, floor - high),
        ],
        mix(tone, (0, 0, 0), 0.35),
    )
    if lean:
        return
    band = mix(tone, random.choice([colour("#E9D49A"), colour("#F5F0E2"), (20, 20, 20)]), 0.7)
    for share in random.choice([(0.12, 0.88), (0.2,), (0.15, 0.3, 0.85)]):
        y = floor - high * share
        canvas.box(x, y - 0.004, x + wide, y, band)
    if random.random() < 0.5:
        canvas.box(
            x + wide * 0.3,
            floor - high * 0.72,
            x + wide * 0.7,
            floor - high * 0.45,
            mix(band, tone, 0.3),
        )


def seeds(canvas: Canvas) -> None:
    """Jars of seeds in rows."""
    random = canvas.random
    wood = random.choice([colour("#8C6A44"), colour("#A3835C"), colour("#6B5A48")])
    canvas.gradient([(0, mix(wood, (15, 10, 8), 0.5)), (1, mix(wood, (15, 10, 8), 0.65))])
    for number in range(1, 9):
        canvas.box(0, number / 9, 1, number / 9 + 0.004, mix(wood, (10, 8, 6), 0.75))
    canvas.blur(4)
    fills = [
        colour(text)
        for text in (
            "#8A3B2B",
            "#E5D3A8",
            "#2E2A2C",
            "#B9853F",
            "#5F6E3A",
            "#D9A13B",
            "#F0E8D6",
            "#6E3F52",
            "#A7AD6B",
        )
    ]
    for row in range(3):
        floor = 0.36 + row * 0.31
        canvas.box(0, floor, 1, floor + 0.03, mix(wood, (255, 220, 170), 0.1))
        canvas.box(0, floor, 1, floor + 0.005, mix(wood, (255, 225, 180), 0.45))
        for number in range(7):
            _jar(
                canvas,
                0.02 + number * 0.14 + random.uniform(-0.006, 0.006),
                floor,
                random.choice(fills),
            )
    canvas.glow((random.choice([0.0, 1.0]), 0.2), 0.8, colour("#FFE0AE"), 0.55)
    canvas.vignette(0.8)


def _jar(canvas: Canvas, x: float, floor: float, fill: Colour) -> None:
    random = canvas.random
    wide, high = 0.105, 0.2 + random.uniform(-0.02, 0.02)
    top, level = floor - high, floor - high * random.uniform(0.55, 0.85)
    glass = mix(fill, colour("#CBD6D6"), 0.55)
    canvas.box(x, top + 0.02, x + wide, floor, mix(glass, (40, 40, 40), 0.45))
    canvas.box(x + 0.004, level, x + wide - 0.004, floor - 0.004, mix(fill, (0, 0, 0), 0.3))
    for _ in range(210):
        at = (
            random.uniform(x + 0.01, x + wide - 0.01),
            random.uniform(level + 0.004, floor - 0.01),
        )
        canvas.disc(at, random.uniform(0.0035, 0.0055), vary(fill, random, 30), 0.8)
    lid = random.choice(
        [colour("#B9BEC2"), colour("#8C2F2B"), colour("#C9A24A"), colour("#EDE6D8")]
    )
    canvas.box(x + 0.004, top - 0.012, x + wide - 0.004, top + 0.024, lid)
    canvas.box(x + 0.004, top + 0.016, x + wide - 0.004, top + 0.024, mix(lid, (0, 0, 0), 0.35))
    label = colour("#F3EBD8")
    canvas.box(x + 0.024, floor - high * 0.42, x + wide - 0.024, floor - high * 0.16, label)
    for line in range(2):
        y = floor - high * (0.34 - 0.08 * line)
        canvas.line(
            [(x + 0.032, y), (x + wide - 0.036 - 0.012 * line, y + random.uniform(-0.003, 0.003))],
            colour("#6A5A4A"),
            0.0016,
        )
    canvas.polygon(
        [
            (x + 0.01, top + 0.04),
            (x + 0.019, top + 0.04),
            (x + 0.019, floor - 0.02),
            (x + 0.01, floor - 0.02),
        ],
        (255, 255, 255),
        blur=3,
        alpha=0.5,
    )
