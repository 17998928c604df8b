"""A market, a rally, a town at dusk."""

from __future__ import annotations

from PIL import Image

from reporterdesk.demo.painting import Canvas, Colour, colour, mix, vary
from reporterdesk.demo.scenes.people import CLOTH, HAIR, SKIN, from_behind
from reporterdesk.demo.scenes.sky import sky_over


def market(canvas: Canvas) -> None:
    """Stalls under striped awnings on a square."""
    random = canvas.random
    canvas.gradient(
        [
            (0, colour("#C9D8E2")),
            (0.35, colour("#EFE3CF")),
            (0.6, colour("#B9A58A")),
            (1, colour("#6E5E4C")),
        ]
    )
    for number in range(9):
        x, tone = number * 0.12 - 0.03, mix(random.choice(CLOTH), colour("#E6D6BE"), 0.72)
        canvas.box(x, random.uniform(0.0, 0.16), x + 0.115, 0.6, tone)
        for row in range(4):
            canvas.box(
                x + 0.03,
                0.2 + row * 0.09,
                x + 0.05,
                0.24 + row * 0.09,
                mix(tone, (60, 60, 70), 0.45),
            )
            canvas.box(
                x + 0.07,
                0.2 + row * 0.09,
                x + 0.09,
                0.24 + row * 0.09,
                mix(tone, (60, 60, 70), 0.45),
            )
    for _ in range(26):
        from_behind(
            canvas,
            random.random(),
            random.uniform(0.5, 0.56),
            0.014,
            hair=random.choice(HAIR),
            coat=random.choice(CLOTH),
        )
    canvas.blur(6)
    stripes = [colour(text) for text in ("#B5382E", "#2F6B8F", "#3F7F4F", "#D08A2C", "#7B4B8C")]
    random.shuffle(stripes)
    for number in range(3):
        _stall(canvas, number * 0.345 - 0.02, 0.3 + random.uniform(-0.015, 0.015), stripes[number])
    canvas.glow((random.choice([0.05, 0.95]), 0.05), 0.7, colour("#FFE9BD"), 0.6)
    canvas.vignette(0.5)


def _stall(canvas: Canvas, x: float, y: float, stripe: Colour) -> None:
    random = canvas.random
    wide, cream = 0.325, colour("#F4EBDA")
    canvas.box(x + 0.01, y + 0.1, x + wide - 0.01, y + 0.34, mix(stripe, (26, 22, 20), 0.78))
    for post in (x + 0.012, x + wide - 0.018):
        canvas.box(post, y + 0.08, post + 0.006, 0.95, colour("#6A5440"))
    for _ in range(random.randint(1, 2)):
        at = x + random.uniform(0.08, wide - 0.08)
        canvas.disc((at, y + 0.36), 0.04, mix(random.choice(CLOTH), (20, 20, 20), 0.2), 1.5)
        canvas.disc((at, y + 0.2), 0.021, random.choice(HAIR), 1.15)
        canvas.disc((at, y + 0.215), 0.016, random.choice(SKIN), 1.3)
    for number in range(10):
        left = x + wide * number / 10
        tone = stripe if number % 2 == 0 else cream
        inner = x + 0.03 + (wide - 0.06) * number / 10
        canvas.polygon(
            [
                (inner, y),
                (inner + (wide - 0.06) / 10, y),
                (left + wide / 10, y + 0.1),
                (left, y + 0.1),
            ],
            tone,
        )
        canvas.disc((left + wide / 20, y + 0.1), wide / 20, mix(tone, (0, 0, 0), 0.08), 0.9)
    canvas.box(x + 0.004, y + 0.37, x + wide - 0.004, y + 0.4, colour("#8A6A47"))
    goods = [
        colour(text)
        for text in ("#C9432E", "#E59A32", "#6F9A3C", "#E9C84F", "#8B3B5C", "#B4703A", "#F0E4C8")
    ]
    for crate in range(4):
        left, tone = x + 0.012 + crate * 0.078, random.choice(goods)
        for row in range(4):
            for column in range(5):
                fruit = (
                    left + 0.008 + column * 0.0135 + random.uniform(-0.002, 0.002),
                    y + 0.352 + row * 0.021,
                )
                canvas.disc(fruit, 0.0092, vary(tone, random, 20), 1)
                canvas.disc(
                    (fruit[0] - 0.002, fruit[1] - 0.004), 0.0022, mix(tone, (255, 255, 255), 0.6), 1
                )
        canvas.box(left, y + 0.43, left + 0.07, y + 0.47, vary(colour("#9A7750"), random))
    canvas.polygon(
        [(x, y + 0.47), (x + wide, y + 0.47), (x + wide, 1.02), (x, 1.02)],
        mix(stripe, colour("#E8DCC6"), 0.6),
    )
    for fold in range(12):
        left = x + wide * fold / 12
        canvas.polygon(
            [
                (left, y + 0.47),
                (left + 0.008, y + 0.47),
                (left + 0.012, 1.02),
                (left - 0.004, 1.02),
            ],
            mix(stripe, colour("#A89A84"), 0.55),
            blur=4,
            alpha=0.7,
        )


def rally(canvas: Canvas) -> None:
    """A crowd with plain cloth banners."""
    random = canvas.random
    canvas.gradient(
        [
            (0, colour("#7FA3C4")),
            (0.4, colour("#DDE3E2")),
            (0.7, colour("#BCA88C")),
            (1, colour("#4A4038")),
        ]
    )
    canvas.clouds((255, 255, 255), 0.8, 0, 0.35)
    for number in range(8):
        x, tone = number * 0.13 - 0.02, mix(random.choice(CLOTH), colour("#E2D2B8"), 0.68)
        top = random.uniform(0.12, 0.26)
        canvas.box(x, top, x + 0.128, 0.7, tone)
        for row in range(5):
            for column in range(3):
                left = x + 0.018 + column * 0.036
                canvas.box(
                    left,
                    top + 0.05 + row * 0.085,
                    left + 0.016,
                    top + 0.09 + row * 0.085,
                    mix(tone, (60, 66, 78), 0.5),
                )
    canvas.blur(5)
    cloths = [
        colour(text) for text in ("#C9432E", "#E2A93B", "#2F6B8F", "#F2EDE0", "#3F7F5F", "#8B4B86")
    ]
    for number in range(8):
        x = 0.03 + number * 0.122 + random.uniform(-0.02, 0.02)
        _banner(
            canvas,
            x,
            random.uniform(0.24, 0.42),
            random.uniform(0.09, 0.14),
            cloths[number % len(cloths)],
        )
    for row in range(6):
        size, y = 0.012 + 0.0058 * row, 0.56 + 0.076 * row
        x = -0.01
        while x < 1.03:
            dim = 0.1 + 0.09 * row
            hair, coat = random.choice(HAIR), random.choice(CLOTH)
            from_behind(
                canvas,
                x,
                y + random.uniform(-0.018, 0.014),
                size * random.uniform(0.85, 1.1),
                hair=mix(hair, (24, 20, 20), dim),
                coat=mix(coat, (28, 24, 26), dim),
            )
            x += size * random.uniform(2.4, 3.6)
    canvas.glow((random.choice([0.1, 0.9]), 0.12), 0.6, colour("#FFE7C0"), 0.55)
    canvas.vignette(0.6)


def _banner(canvas: Canvas, x: float, y: float, wide: float, cloth: Colour) -> None:
    random = canvas.random
    tilt, high = random.uniform(-0.02, 0.02), wide * 0.75
    for pole in (x, x + wide):
        canvas.line([(pole, y - 0.01), (pole + tilt * 0.4, 0.75)], colour("#6B5137"), 0.003)
    canvas.polygon(
        [(x, y), (x + wide, y + tilt), (x + wide, y + tilt + high), (x, y + high)], cloth
    )
    for fold in range(4):
        left = x + wide * (fold + random.random()) / 4.6
        canvas.polygon(
            [
                (left, y),
                (left + wide * 0.06, y),
                (left + wide * 0.1, y + high),
                (left - wide * 0.03, y + high),
            ],
            mix(cloth, (0, 0, 0), 0.4),
            blur=5,
            alpha=0.4,
        )
    mark = mix(cloth, (255, 255, 255), 0.8) if sum(cloth) < 560 else random.choice(CLOTH)
    kind = random.randrange(3)
    middle = (x + wide / 2, y + high / 2 + tilt / 2)
    if kind == 0:
        canvas.disc(middle, wide * 0.16, mark)
    elif kind == 1:
        canvas.ring(middle, wide * 0.17, mark, wide * 0.06)
    else:
        canvas.line(
            [
                (x + wide * 0.15, middle[1]),
                (x + wide * 0.38, middle[1] - 0.02),
                (x + wide * 0.62, middle[1] + 0.02),
                (x + wide * 0.85, middle[1]),
            ],
            mark,
            wide * 0.07,
        )


def skyline(canvas: Canvas) -> None:
    """A town at dusk with lit windows, mirrored in water."""
    random = canvas.random
    sky = sky_over(canvas, 0.72, (0, 2))
    canvas.clouds(mix(sky[2], (255, 235, 220), 0.3), 0.7, 0.05, 0.5)
    canvas.glow((random.uniform(0.3, 0.7), 0.66), 0.45, sky[3], 0.7)
    night = mix(sky[0], (10, 12, 26), 0.6)
    for layer in range(3):
        tone = mix(mix(sky[1], sky[0], 0.5), night, (layer + 0.4) / 2.4)
        x = -0.02
        while x < 1.02:
            wide = random.uniform(0.03, 0.085)
            top = 0.68 - random.uniform(0.05, 0.3) * (0.55 + 0.25 * layer) + 0.02 * layer
            _house(canvas, x, top, wide, tone=vary(tone, random, 6), layer=layer)
            x += wide + random.choice([0, 0, 0.006])
        canvas.mist(0.5, 0.72, mix(sky[2], sky[1], 0.5), 0.22 if layer < 2 else 0)
    water = canvas.image.crop(
        (0, round(canvas.height * 0.46), canvas.width, round(canvas.height * 0.74))
    )
    mirrored = water.transpose(Image.Transpose.FLIP_TOP_BOTTOM).resize(
        (canvas.width, canvas.height - round(canvas.height * 0.74))
    )
    canvas.image.paste(mirrored, (0, round(canvas.height * 0.74)))
    canvas.polygon([(0, 0.74), (1, 0.74), (1, 1), (0, 1)], night, alpha=0.42)
    for _ in range(500):
        y = 0.745 + 0.255 * random.random()
        x = random.random()
        canvas.line(
            [(x, y), (x + random.uniform(0.005, 0.05), y)],
            mix(night, sky[2], random.random() * 0.4),
            0.001,
        )
    canvas.box(0, 0.733, 1, 0.742, mix(night, (0, 0, 0), 0.4))


def _house(canvas: Canvas, x: float, top: float, wide: float, *, tone: Colour, layer: int) -> None:
    random = canvas.random
    canvas.box(x, top, x + wide, 0.74, tone)
    if random.random() < 0.45:
        canvas.polygon([(x, top), (x + wide / 2, top - wide * 0.6), (x + wide, top)], tone)
    step = 0.009 + 0.002 * layer
    for row in range(int((0.72 - top) / (step * 1.9))):
        for column in range(int(wide / step) - 1):
            if random.random() < 0.3:
                left, up = x + step * (column + 0.6), top + step * (0.8 + row * 1.9)
                light = mix(
                    colour("#FFD38A"),
                    random.choice([tone, colour("#FFF3D6")]),
                    random.random() * 0.6,
                )
                canvas.box(left, up, left + step * 0.45, up + step * 0.8, light)
