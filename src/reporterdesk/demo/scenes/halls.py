"""A hall, a choir, a lesson."""

from __future__ import annotations

import math

from reporterdesk.demo.painting import Canvas, Colour, colour, mix, vary
from reporterdesk.demo.scenes.people import CLOTH, HAIR, SKIN, from_behind, rows_of_heads


def hall(canvas: Canvas) -> None:
    """A full hall in the dark, a lit stage, one speaker."""
    random = canvas.random
    light = random.choice([colour("#FFC98A"), colour("#A9CCFF"), colour("#F4B5C0")])
    wall = mix(colour("#151722"), light, 0.07)
    canvas.gradient(
        [(0, mix(wall, (0, 0, 0), 0.4)), (0.45, mix(wall, light, 0.25)), (1, (7, 7, 11))]
    )
    left, right = 0.2, 0.8
    canvas.polygon(
        [(left, 0.14), (right, 0.14), (right, 0.52), (left, 0.52)], mix(wall, light, 0.38), blur=14
    )
    screen = random.choice([colour("#DCE7EE"), colour("#EFE6D2"), colour("#CFE0D4")])
    canvas.box(0.33, 0.15, 0.67, 0.37, screen)
    canvas.box(0.355, 0.18, 0.5, 0.2, mix(screen, wall, 0.6))
    for number in range(5):
        bar = 0.355 + number * 0.06
        canvas.box(
            bar,
            0.34 - random.uniform(0.02, 0.1),
            bar + 0.035,
            0.345,
            mix(screen, random.choice(CLOTH), 0.7),
        )
    canvas.box(0.14, 0.51, 0.86, 0.56, mix(colour("#5A4028"), light, 0.3))
    canvas.box(0.14, 0.56, 0.86, 0.6, mix(colour("#2A1D14"), light, 0.1))
    speaker = random.uniform(0.22, 0.3)
    coat = mix(random.choice(CLOTH), light, 0.2)
    canvas.disc((speaker, 0.475), 0.016, coat, 2.2)
    canvas.disc((speaker, 0.405), 0.0105, random.choice(SKIN), 1.2)
    canvas.polygon(
        [
            (speaker - 0.022, 0.455),
            (speaker + 0.022, 0.455),
            (speaker + 0.016, 0.525),
            (speaker - 0.016, 0.525),
        ],
        colour("#4A3220"),
    )
    for x in (0.12, 0.34, 0.66, 0.88):
        canvas.beam((x, -0.03), ((x * 0.5 + 0.12, 0.56), (x * 0.5 + 0.34, 0.56)), light, 0.16)
        canvas.glow((x, 0.0), 0.05, light, 0.9)
    canvas.glow((0.5, 0.36), 0.45, light, 0.4)
    canvas.blur(1.6)
    rows_of_heads(canvas, 0.63, (8, 8, 13), light)
    canvas.vignette(0.9)


def choir(canvas: Canvas) -> None:
    """A choir in rows on risers, in warm light under arches."""
    random = canvas.random
    stone = random.choice([colour("#8C6F52"), colour("#7C6A66"), colour("#94784E")])
    canvas.gradient(
        [
            (0, mix(stone, (20, 12, 8), 0.75)),
            (0.5, mix(stone, (255, 214, 160), 0.15)),
            (1, mix(stone, (12, 8, 6), 0.8)),
        ]
    )
    for number in range(5):
        x = 0.1 + number * 0.2
        canvas.disc((x, 0.26), 0.075, mix(stone, (15, 10, 8), 0.62), 1.3)
        canvas.box(x - 0.075, 0.26, x + 0.075, 0.6, mix(stone, (15, 10, 8), 0.62))
        canvas.glow((x + 0.1, 0.2), 0.07, colour("#FFC67A"), 0.75)
    canvas.blur(5)
    canvas.glow((0.5, 0.3), 0.6, colour("#FFC98C"), 0.5)
    robe = random.choice([colour("#2B2F44"), colour("#5A2430"), colour("#21433F")])
    for row in range(4):
        size = 0.0155 + 0.0028 * row
        y = 0.37 + 0.115 * row
        count = 16 - row
        for seat in range(count):
            x = 0.1 + 0.8 * (seat + 0.5) / count + random.uniform(-0.004, 0.004)
            _singer(
                canvas,
                x,
                y + 0.03 * math.cos((x - 0.5) * 3) + random.uniform(-0.01, 0.008),
                size,
                robe,
            )
    canvas.gradient([(0, mix(stone, (10, 6, 4), 0.6)), (1, (10, 7, 6))], 0.9, 1)
    canvas.glow((0.5, 0.45), 0.55, colour("#FFD9A6"), 0.32)
    for number in range(4):
        from_behind(
            canvas,
            0.08 + number * 0.28 + random.uniform(-0.04, 0.04),
            0.97,
            0.05,
            hair=(16, 12, 11),
            coat=(11, 9, 9),
        )
    canvas.vignette(0.8)


def _singer(canvas: Canvas, x: float, y: float, size: float, robe: Colour) -> None:
    random = canvas.random
    ratio = canvas.width / canvas.height
    skin, hair = random.choice(SKIN), random.choice(HAIR)
    canvas.disc((x, y + size * ratio * 3.1), size * 1.55, vary(robe, random, 8), 2.0)
    canvas.disc((x, y - size * 0.25), size * 0.9, hair, 1.15)
    canvas.disc((x, y + size * 0.2), size * 0.68, skin, 1.25)
    canvas.disc((x, y + size * 0.95), size * 0.17, mix(skin, (60, 15, 15), 0.75), 1.2)
    top = y + size * ratio * 1.75
    canvas.polygon(
        [
            (x - size * 0.95, top),
            (x, top + size * 0.4),
            (x + size * 0.95, top),
            (x + size * 0.95, top + size * 1.5),
            (x, top + size * 1.9),
            (x - size * 0.95, top + size * 1.5),
        ],
        vary(colour("#F3EAD8"), random, 6),
    )
    canvas.line([(x, top + size * 0.4), (x, top + size * 1.9)], colour("#B9AC95"), 0.0009)


def classroom(canvas: Canvas) -> None:
    """A lesson: the board, the window's light, heads at desks."""
    random = canvas.random
    wall = random.choice([colour("#E3D8C2"), colour("#D5DDDC"), colour("#E6D3C4")])
    canvas.gradient(
        [
            (0, mix(wall, (255, 255, 255), 0.2)),
            (0.7, mix(wall, (60, 50, 40), 0.25)),
            (1, colour("#4A3B2E")),
        ]
    )
    canvas.box(0.25, 0.12, 0.93, 0.5, colour("#7C5A38"))
    board = random.choice([colour("#2F4F43"), colour("#2C3E4C")])
    canvas.box(0.262, 0.136, 0.918, 0.484, board)
    _chalk(canvas, board)
    canvas.box(0.02, 0.06, 0.19, 0.52, colour("#F7F3E8"))
    canvas.box(0.1, 0.06, 0.108, 0.52, colour("#B9A98E"))
    canvas.box(0.02, 0.28, 0.19, 0.29, colour("#B9A98E"))
    canvas.beam((0.05, 0.1), ((0.3, 1.0), (0.75, 1.0)), colour("#FFF0CF"), 0.4)
    teacher = random.uniform(0.8, 0.86)
    canvas.disc((teacher, 0.5), 0.04, random.choice(CLOTH), 2.1)
    canvas.disc((teacher, 0.345), 0.02, random.choice(HAIR), 1.15)
    canvas.disc((teacher - 0.003, 0.355), 0.016, random.choice(SKIN), 1.25)
    canvas.blur(2)
    for row in range(3):
        size, y = 0.026 + 0.013 * row, 0.56 + 0.14 * row
        canvas.polygon(
            [(0, y + 0.085), (1, y + 0.085), (1, y + 0.13), (0, y + 0.13)],
            vary(colour("#B88C58"), random, 6),
        )
        for seat in range(6 - row):
            x = (seat + 0.5 + random.uniform(-0.12, 0.12)) / (6 - row)
            tone = mix(random.choice(HAIR), (30, 22, 18), 0.12 * row)
            from_behind(
                canvas,
                x,
                y + random.uniform(-0.012, 0.012),
                size,
                hair=tone,
                coat=mix(random.choice(CLOTH), (40, 34, 30), 0.12 + 0.1 * row),
            )
    canvas.glow((0.1, 0.25), 0.6, colour("#FFF3D6"), 0.5)
    canvas.vignette(0.5)


def _chalk(canvas: Canvas, board: Colour) -> None:
    random = canvas.random
    for _ in range(3):
        canvas.polygon(
            [
                (random.uniform(0.3, 0.8), 0.2),
                (random.uniform(0.4, 0.9), 0.25),
                (random.uniform(0.4, 0.9), 0.4),
                (random.uniform(0.3, 0.6), 0.35),
            ],
            mix(board, (255, 255, 255), 0.3),
            blur=40,
            alpha=0.35,
        )
    for row in range(5):
        y, x = 0.185 + row * 0.058, 0.3
        while x < random.uniform(0.55, 0.88):
            word = random.uniform(0.015, 0.05)
            wiggle = [(x + word * n / 7, y + random.uniform(-0.009, 0.009)) for n in range(8)]
            canvas.line(wiggle, mix(board, (255, 255, 245), 0.8), 0.002)
            x += word + 0.014
