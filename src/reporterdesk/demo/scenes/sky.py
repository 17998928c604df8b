"""The sky by day, as other scenes have it over them, and by night; the sea under it."""

from __future__ import annotations

from reporterdesk.demo.painting import Canvas, Colour, colour, mix

_SKIES = (
    ("#2E4A7D", "#8FA9D0", "#F6CFA5", "#FFE6C4"),
    ("#3C6FA8", "#8DB8DD", "#DDEAF3", "#F5F1E6"),
    ("#43355F", "#A65E7A", "#F0A27A", "#FFD9A0"),
    ("#5B84A8", "#A9C6D6", "#E9DCC9", "#F8E7D2"),
)


def sky_over(canvas: Canvas, bottom: float, kinds: tuple[int, ...] = (0, 1, 2, 3)) -> list[Colour]:
    """Paint one of the skies of ``kinds`` down to ``bottom``; return its colours, top first."""
    palette = [colour(text) for text in _SKIES[canvas.random.choice(kinds)]]
    canvas.gradient(
        [(0, palette[0]), (0.45, palette[1]), (0.8, palette[2]), (1, palette[3])], 0, bottom
    )
    return palette


def night_sky(canvas: Canvas) -> None:
    """The Milky Way over a dark ridge, with one warm light on the ground."""
    random = canvas.random
    canvas.gradient(
        [
            (0, colour("#060B1E")),
            (0.5, colour("#122449")),
            (0.8, colour("#33507A")),
            (1, colour("#8A8FA0")),
        ]
    )
    slope, start = random.uniform(0.5, 0.9), random.uniform(-0.05, 0.2)
    for width, tone, alpha in (
        (0.34, "#2C3F74", 0.55),
        (0.2, "#6470A6", 0.4),
        (0.09, "#C9B9C4", 0.36),
    ):
        band = [(start - 0.2 - width / 2, -0.1), (start - 0.2 + width / 2, -0.1)]
        end = start + slope
        canvas.polygon(
            [*band, (end + width / 2, 1.0), (end - width / 2, 1.0)],
            colour(tone),
            blur=46,
            alpha=alpha,
        )
    canvas.clouds(colour("#0B142C"), 0.75, 0.05, 0.85, scale=9)
    for _ in range(1900):
        y = random.random() * 0.85
        near = random.gauss(start - 0.2 + (slope + 0.2) * y, 0.16)
        x = near if random.random() < 0.55 else random.random()
        light = random.random() ** 3
        star = mix(
            colour("#6F83B5"),
            random.choice([(255, 255, 255), (255, 232, 205), (205, 222, 255)]),
            0.25 + 0.75 * light,
        )
        canvas.disc((x, y), 0.00035 + 0.0012 * light**2, star)
    for _ in range(14):
        canvas.glow((random.random(), random.random() * 0.7), 0.012, (215, 228, 255), 0.9)
    canvas.ridge(0.82, 0.13, colour("#16233C"))
    canvas.mist(0.78, 0.88, colour("#5A6C8C"), 0.25)
    canvas.ridge(0.9, 0.1, colour("#080D18"))
    place = (random.uniform(0.2, 0.8), 0.9)
    canvas.box(place[0] - 0.016, 0.885, place[0] + 0.016, 0.93, colour("#11131A"))
    canvas.disc((place[0], 0.887), 0.016, colour("#1B1E28"), 0.9)
    canvas.box(place[0] - 0.003, 0.895, place[0] + 0.003, 0.93, colour("#FFC978"))
    canvas.glow(place, 0.09, colour("#FFB054"), 0.7)


def ferry(canvas: Canvas) -> None:
    """A small ship on a calm sea, the sun low."""
    random = canvas.random
    sky = sky_over(canvas, 0.56, (0, 2, 2))
    canvas.clouds(mix(sky[2], (255, 240, 220), 0.4), 0.85, 0.05, 0.5, scale=4)
    sun = (random.uniform(0.55, 0.75), 0.5)
    canvas.glow(sun, 0.4, sky[3], 0.95)
    canvas.disc(sun, 0.026, (255, 246, 220))
    canvas.ridge(0.55, 0.035, mix(sky[1], sky[0], 0.5))
    canvas.gradient(
        [
            (0, mix(sky[2], sky[1], 0.35)),
            (0.35, mix(sky[1], sky[0], 0.4)),
            (1, mix(sky[0], (8, 14, 30), 0.55)),
        ],
        0.56,
        1,
    )
    for _ in range(1300):
        depth = random.random() ** 1.3
        y = 0.562 + 0.44 * depth
        column = random.random() < 0.5
        x = random.gauss(sun[0], 0.012 + 0.09 * depth) if column else random.random()
        tone = mix(sky[3], sky[1], 0.15 if column else random.uniform(0.55, 1))
        canvas.line(
            [(x, y), (x + 0.004 + 0.03 * depth * random.random(), y)], tone, 0.0006 + 0.0016 * depth
        )
    _ship(canvas, random.uniform(0.16, 0.34), 0.6, mix(sky[0], (14, 16, 28), 0.7))


def _ship(canvas: Canvas, x: float, y: float, hull: Colour) -> None:
    glass, house = colour("#FFD58A"), mix(hull, (235, 225, 215), 0.28)
    canvas.polygon(
        [
            (x, y - 0.035),
            (x + 0.25, y - 0.035),
            (x + 0.275, y - 0.06),
            (x + 0.25, y + 0.02),
            (x + 0.02, y + 0.02),
        ],
        hull,
    )
    canvas.box(x + 0.03, y - 0.085, x + 0.2, y - 0.035, house)
    canvas.box(x + 0.1, y - 0.125, x + 0.18, y - 0.085, mix(house, hull, 0.3))
    canvas.box(x + 0.06, y - 0.135, x + 0.085, y - 0.085, hull)
    for number in range(9):
        canvas.box(
            x + 0.042 + number * 0.0175, y - 0.07, x + 0.053 + number * 0.0175, y - 0.056, glass
        )
    for number in range(4):
        canvas.box(
            x + 0.108 + number * 0.0175, y - 0.113, x + 0.12 + number * 0.0175, y - 0.1, glass
        )
    canvas.line([(x + 0.15, y - 0.125), (x + 0.15, y - 0.2)], hull, 0.0018)
    canvas.polygon(
        [(x + 0.02, y + 0.02), (x + 0.25, y + 0.02), (x + 0.22, y + 0.11), (x + 0.05, y + 0.1)],
        hull,
        blur=14,
        alpha=0.6,
    )
