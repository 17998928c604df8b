"""A workshop and a gallery."""

from __future__ import annotations

import math

from PIL import Image, ImageFilter

from reporterdesk.demo.painting import Canvas, colour, mix
from reporterdesk.demo.scenes.people import CLOTH, HAIR


def workshop(canvas: Canvas) -> None:
    """Wheels on the wall of a workshop, a lamp over the bench."""
    random = canvas.random
    wall = random.choice([colour("#6F7F7C"), colour("#8A7A62"), colour("#5E6E80")])
    canvas.gradient(
        [(0, mix(wall, (20, 18, 16), 0.55)), (0.6, wall), (1, mix(wall, (20, 15, 10), 0.6))]
    )
    for number in range(1, 12):
        canvas.box(number / 12, 0, number / 12 + 0.0018, 0.76, mix(wall, (20, 20, 20), 0.4))
    canvas.blur(1)
    lamp = random.uniform(0.4, 0.6)
    canvas.beam((lamp, 0.1), ((lamp - 0.42, 0.9), (lamp + 0.42, 0.9)), colour("#FFDDA2"), 0.5)
    for number in range(5):
        _wheel(
            canvas,
            0.1 + number * 0.2 + random.uniform(-0.02, 0.02),
            random.choice([0.27, 0.33, 0.4]),
            random.uniform(0.075, 0.105),
        )
    canvas.gradient(
        [(0, colour("#B98A56")), (0.3, colour("#8A6238")), (1, colour("#38261A"))], 0.76, 1
    )
    canvas.box(0, 0.76, 1, 0.768, colour("#DDB27A"))
    for _ in range(13):
        _tool(canvas, random.uniform(0.03, 0.95), random.uniform(0.55, 0.62))
    for number in range(5):
        x, tone = 0.08 + number * 0.19, random.choice(CLOTH)
        canvas.box(x, 0.7, x + 0.045, 0.785, tone)
        canvas.disc((x + 0.0225, 0.7), 0.0225, mix(tone, (255, 255, 255), 0.3), 0.35)
    canvas.line([(lamp, 0), (lamp, 0.06)], (20, 20, 20), 0.002)
    canvas.polygon(
        [(lamp - 0.012, 0.05), (lamp + 0.012, 0.05), (lamp + 0.05, 0.11), (lamp - 0.05, 0.11)],
        colour("#27473F"),
    )
    canvas.disc((lamp, 0.112), 0.018, colour("#FFF4D8"), 0.8)
    canvas.glow((lamp, 0.12), 0.26, colour("#FFDFA6"), 0.8)
    canvas.vignette(0.9)


def _wheel(canvas: Canvas, x: float, y: float, radius: float) -> None:
    random = canvas.random
    ratio = canvas.width / canvas.height
    canvas.ring((x + 0.008, y + 0.014), radius, (35, 32, 30), 0.007)
    for spoke in range(28):
        angle = math.tau * spoke / 28 + (0.1 if spoke % 2 else -0.1)
        rim = (
            x + radius * 0.93 * math.cos(math.tau * spoke / 28),
            y + radius * 0.93 * ratio * math.sin(math.tau * spoke / 28),
        )
        hub = (x + radius * 0.1 * math.cos(angle), y + radius * 0.1 * ratio * math.sin(angle))
        canvas.line([hub, rim], mix(colour("#D9DDE0"), (90, 90, 90), random.random() * 0.6), 0.0008)
    canvas.ring((x, y), radius, (24, 24, 26), 0.009)
    canvas.ring((x, y), radius * 0.92, colour("#C9CED2"), 0.0035)
    canvas.disc((x, y), radius * 0.11, colour("#A8ADB3"))
    canvas.disc((x, y), radius * 0.05, (40, 40, 44))


def _tool(canvas: Canvas, x: float, y: float) -> None:
    random = canvas.random
    steel, grip = (
        colour("#AEB6BC"),
        random.choice([colour("#B5382E"), colour("#D08A2C"), colour("#2F6B8F"), colour("#3A3A3A")]),
    )
    kind = random.randrange(3)
    canvas.line([(x, y), (x, y + 0.07)], steel, 0.004)
    canvas.line([(x, y + 0.06), (x, y + 0.13)], grip, 0.0085 if kind else 0.006)
    if kind == 1:
        canvas.ring((x, y), 0.009, steel, 0.004)
    if kind == 2:
        canvas.box(x - 0.016, y - 0.012, x + 0.016, y + 0.012, mix(steel, (0, 0, 0), 0.35))


def museum(canvas: Canvas) -> None:
    """A bright gallery, frames on the wall, visitors as outlines."""
    random = canvas.random
    wall = random.choice([colour("#E9E4DA"), colour("#D9DEDE"), colour("#E2D6C8")])
    canvas.gradient(
        [(0, mix(wall, (90, 90, 95), 0.25)), (0.3, wall), (0.68, mix(wall, (120, 110, 100), 0.18))],
        0,
        0.72,
    )
    canvas.gradient(
        [(0, colour("#A88A66")), (0.4, colour("#8A6B49")), (1, colour("#4C3826"))], 0.72, 1
    )
    canvas.box(0, 0.705, 1, 0.722, mix(wall, (60, 60, 60), 0.3))
    x = random.uniform(0.03, 0.07)
    while x < 0.92:
        wide = random.uniform(0.13, 0.24)
        _framed(
            canvas, x, random.uniform(0.2, 0.25), min(wide, 0.97 - x), random.uniform(0.22, 0.32)
        )
        x += wide + random.uniform(0.045, 0.08)
    for light in range(5):
        at = 0.1 + light * 0.2
        canvas.beam((at, -0.05), ((at - 0.09, 0.6), (at + 0.09, 0.6)), (255, 246, 228), 0.2)
        canvas.glow((at, 0.02), 0.03, (255, 250, 235), 1)
    mirrored = canvas.image.crop(
        (0, round(canvas.height * 0.45), canvas.width, round(canvas.height * 0.72))
    )
    floor = mirrored.transpose(Image.Transpose.FLIP_TOP_BOTTOM)
    area = (
        0,
        round(canvas.height * 0.72),
        canvas.width,
        round(canvas.height * 0.72) + floor.height,
    )
    canvas.image.paste(_blend(canvas, floor, area), (0, area[1]))
    canvas.blur(1.4)
    for _ in range(random.randint(3, 5)):
        _visitor(canvas, random.uniform(0.06, 0.94), random.uniform(0.84, 0.97))
    canvas.vignette(0.6)


def _blend(canvas: Canvas, floor: Image.Image, area: tuple[int, int, int, int]) -> Image.Image:
    under = canvas.image.crop(area)
    return Image.blend(under, floor.filter(ImageFilter.GaussianBlur(8)), 0.28)


def _framed(canvas: Canvas, x: float, y: float, wide: float, high: float) -> None:
    random = canvas.random
    canvas.polygon(
        [
            (x + 0.006, y + 0.012),
            (x + wide + 0.01, y + 0.012),
            (x + wide + 0.01, y + high + 0.022),
            (x + 0.006, y + high + 0.022),
        ],
        (70, 64, 58),
        blur=9,
        alpha=0.55,
    )
    canvas.box(
        x,
        y,
        x + wide,
        y + high,
        random.choice([colour("#3A2B1E"), colour("#B08D4C"), colour("#26262A"), colour("#EFEAE0")]),
    )
    edge = 0.01
    tones = [
        colour(text)
        for text in ("#27415A", "#7C98A8", "#D9C49A", "#B0603C", "#5F7F63", "#E9DFC9", "#8C3B3B")
    ]
    random.shuffle(tones)
    canvas.box(x + edge, y + edge * 1.5, x + wide - edge, y + high - edge * 1.5, tones[0])
    inner_high = high - edge * 3
    for layer in range(1, 5):
        top = y + edge * 1.5 + inner_high * (0.2 + 0.17 * layer)
        points = [
            (x + edge + (wide - 2 * edge) * n / 8, top + random.uniform(-0.02, 0.02))
            for n in range(9)
        ]
        bottom = y + high - edge * 1.5
        canvas.polygon([(x + edge, bottom), *points, (x + wide - edge, bottom)], tones[layer])
    canvas.disc((x + wide * random.uniform(0.3, 0.7), y + high * 0.27), 0.012, tones[5])


def _visitor(canvas: Canvas, x: float, foot: float) -> None:
    random = canvas.random
    coat = mix(random.choice(CLOTH), (24, 22, 26), 0.45)
    tall = random.uniform(0.4, 0.5)
    head = foot - tall
    canvas.polygon(
        [(x - 0.02, foot), (x + 0.1, foot + 0.015), (x + 0.03, foot - 0.005)],
        (20, 16, 12),
        blur=9,
        alpha=0.6,
    )
    canvas.polygon(
        [
            (x - 0.022, foot - tall * 0.45),
            (x + 0.022, foot - tall * 0.45),
            (x + 0.018, foot),
            (x + 0.003, foot),
            (x, foot - tall * 0.3),
            (x - 0.003, foot),
            (x - 0.018, foot),
        ],
        mix(coat, (10, 10, 14), 0.55),
    )
    canvas.disc((x, head + tall * 0.36), 0.031, coat, 2.2)
    canvas.disc((x, head + 0.022), 0.0165, mix(random.choice(HAIR), (20, 18, 18), 0.3), 1.25)
