"""Mountains, a river, a meadow."""

from __future__ import annotations

import math

from reporterdesk.demo.painting import Canvas, Colour, Point, colour, mix
from reporterdesk.demo.scenes.sky import sky_over


def mountains(canvas: Canvas) -> None:
    """Ridges behind ridges, paler with distance; firs in front."""
    random = canvas.random
    sky = sky_over(canvas, 0.75)
    canvas.clouds(mix(sky[3], (255, 255, 255), 0.5), 0.55, 0.02, 0.5)
    canvas.glow((random.uniform(0.2, 0.8), 0.46), 0.42, sky[3], 0.8)
    dark = random.choice([colour("#1D2F3F"), colour("#22343A"), colour("#2B2A40")])
    far = mix(sky[2], sky[1], 0.55)
    for layer in range(6):
        share = layer / 5
        canvas.ridge(0.44 + 0.1 * layer, 0.17 - 0.012 * layer, mix(far, dark, share**1.15 * 0.92))
        if layer < 5:
            canvas.mist(0.46 + 0.1 * layer, 0.6 + 0.1 * layer, mix(far, sky[3], 0.4), 0.34)
    _firs(canvas, mix(dark, (0, 0, 0), 0.45))


def _firs(canvas: Canvas, fill: Colour) -> None:
    random = canvas.random
    left = random.random() < 0.5
    for _ in range(34):
        edge = random.random() ** 1.7 * 0.45
        x = edge if left else 1 - edge
        height = random.uniform(0.12, 0.3) * (1 - edge)
        foot = 1.02
        for storey in range(7):
            y = foot - height * storey / 7
            half = 0.03 * height / 0.25 * (1 - storey / 7.5)
            canvas.polygon([(x - half, y), (x, y - height / 4), (x + half, y)], fill)


def river(canvas: Canvas) -> None:
    """A river that winds towards us between green banks."""
    random = canvas.random
    sky = sky_over(canvas, 0.5, (0, 1, 2, 3))
    canvas.clouds((255, 252, 246), 0.6, 0.03, 0.4)
    sun = (random.uniform(0.35, 0.65), 0.4)
    canvas.glow(sun, 0.35, sky[3], 0.9)
    haze = mix(sky[2], colour("#6B8A86"), 0.5)
    canvas.ridge(0.43, 0.08, haze)
    canvas.ridge(0.47, 0.05, mix(haze, colour("#3F6248"), 0.55))
    canvas.mist(0.4, 0.5, sky[3], 0.45)
    canvas.blur(1.5)
    grass, shade = colour("#5F7F45"), colour("#22361F")
    canvas.gradient([(0, mix(grass, sky[3], 0.35)), (0.3, grass), (1, shade)], 0.5, 1)
    bends = random.uniform(0, 6)
    left, right = [], []
    for step in range(61):
        depth = step / 60
        middle = 0.5 + 0.16 * math.sin(depth * 5.2 + bends) * (0.25 + depth)
        half = 0.012 + 0.34 * depth**1.9
        y = 0.5 + 0.52 * depth**1.25
        left.append((middle - half, y))
        right.append((middle + half, y))
    water = [*left, *reversed(right)]
    canvas.polygon(water, mix(sky[2], sky[1], 0.5), blur=2)
    near = [point for point in water if point[1] > 0.66]
    canvas.polygon(near, mix(sky[1], sky[0], 0.6), blur=70, alpha=0.75)
    for _ in range(150):
        depth = random.random() ** 0.8
        step = round(depth * 60)
        x = random.uniform(left[step][0] + 0.01, right[step][0] - 0.005)
        length = 0.004 + 0.05 * depth * random.random()
        tone = mix(sky[3], sky[1], random.random() * 0.8)
        canvas.line(
            [(x, left[step][1]), (min(x + length, right[step][0]), left[step][1])],
            tone,
            0.0007 + 0.0012 * depth,
        )
    _bushes(canvas, left, -1)
    _bushes(canvas, right, 1)
    _reeds(canvas)


def _bushes(canvas: Canvas, bank: list[Point], side: int) -> None:
    random = canvas.random
    for step in range(2, 40, 1):
        x, y = bank[step]
        size = 0.006 + 0.03 * (step / 40) ** 1.4
        for _ in range(5):
            tone = mix(colour("#6F8F4C"), colour("#1F3320"), random.uniform(0.1, 0.9))
            away = side * random.uniform(0.3, 5) * size
            canvas.disc(
                (x + away, y - random.uniform(-0.3, 1.1) * size),
                size * random.uniform(0.4, 1),
                tone,
                0.8,
            )


def _reeds(canvas: Canvas) -> None:
    random = canvas.random
    for _ in range(170):
        x = random.choice([random.random() ** 2 * 0.3, 1 - random.random() ** 2 * 0.25])
        height = random.uniform(0.1, 0.34)
        lean = random.uniform(-0.03, 0.03)
        tone = mix(colour("#1B2A18"), colour("#7C8A4A"), random.random() ** 2)
        canvas.line(
            [(x, 1.02), (x + lean * 0.4, 1 - height * 0.6), (x + lean, 1 - height)], tone, 0.0018
        )


def meadow(canvas: Canvas) -> None:
    """A flowering slope with painted hives."""
    random = canvas.random
    sky = sky_over(canvas, 0.46, (1, 3))
    canvas.clouds((255, 255, 255), 0.9, 0.0, 0.42)
    canvas.ridge(0.4, 0.1, mix(sky[2], colour("#6F93A0"), 0.55))
    canvas.ridge(0.45, 0.07, colour("#7FA07A"))
    canvas.ridge(0.49, 0.04, colour("#5E8A52"))
    canvas.mist(0.38, 0.47, sky[3], 0.3)
    canvas.blur(2.2)
    canvas.gradient(
        [(0, colour("#8DB35C")), (0.4, colour("#6C9644")), (1, colour("#33521F"))], 0.49, 1
    )
    blooms = [colour(text) for text in ("#F6E27A", "#FFFFFF", "#E8A7C8", "#C58BD9", "#F3C04B")]
    greens = [colour(text) for text in ("#89B050", "#557F36", "#A4C565", "#476B2B")]
    canvas.speckle(2200, (0, 0.5, 1, 1.0), greens, (0.0012, 0.006))
    canvas.speckle(900, (0, 0.5, 1, 0.74), blooms, (0.0008, 0.0028))
    paints = [colour(text) for text in ("#A9CBE0", "#F2D675", "#E9EDE6", "#D98F6C", "#8FBFA5")]
    first = random.uniform(0.06, 0.2)
    for number in range(6):
        _hive(
            canvas,
            first + number * 0.135,
            0.6 + 0.022 * number,
            0.062 + 0.006 * number,
            random.choice(paints),
        )
    canvas.speckle(700, (0, 0.78, 1, 1.03), blooms, (0.0025, 0.0075))
    canvas.glow((0.85, 0.05), 0.5, colour("#FFF1C9"), 0.5)


def _hive(canvas: Canvas, x: float, y: float, size: float, paint: Colour) -> None:
    high = size * 1.5
    canvas.polygon(
        [
            (x - size * 0.1, y + high * 1.17),
            (x + size * 1.9, y + high * 1.17),
            (x + size, y + high),
        ],
        colour("#2E4A1E"),
        blur=9,
        alpha=0.7,
    )
    canvas.box(x + size * 0.1, y + high, x + size * 0.2, y + high * 1.16, colour("#5B4630"))
    canvas.box(x + size * 0.8, y + high, x + size * 0.9, y + high * 1.16, colour("#5B4630"))
    for storey in range(3):
        top = y + high * storey / 3
        canvas.box(
            x,
            top,
            x + size,
            top + high / 3,
            paint if storey != 1 else mix(paint, (255, 255, 255), 0.25),
        )
        canvas.box(
            x, top + high / 3 - 0.004, x + size, top + high / 3, mix(paint, (40, 40, 30), 0.45)
        )
        canvas.box(
            x + size * 0.4,
            top + high * 0.11,
            x + size * 0.6,
            top + high * 0.14,
            mix(paint, (40, 40, 30), 0.5),
        )
    canvas.box(x + size * 0.86, y, x + size, y + high, mix(paint, (50, 60, 50), 0.4))
    canvas.polygon(
        [
            (x - size * 0.1, y),
            (x + size * 1.1, y),
            (x + size * 1.04, y - high * 0.09),
            (x - size * 0.04, y - high * 0.09),
        ],
        colour("#8B8F92"),
    )
    canvas.box(x + size * 0.2, y + high * 0.93, x + size * 0.72, y + high * 0.97, colour("#2A241A"))
