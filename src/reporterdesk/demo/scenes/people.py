"""People as the sample photos show them: from behind, in rows, without faces to know."""

from __future__ import annotations

from reporterdesk.demo.painting import Canvas, Colour, colour, mix

SKIN = [colour(text) for text in ("#F0CBAE", "#D9A47E", "#B57B56", "#8A5A3C", "#5E3D2A")]


HAIR = [colour(text) for text in ("#1D1714", "#3A2A20", "#6B4B30", "#A98A5C", "#8C8C8C", "#D8D2C8")]


CLOTH = [
    colour(text)
    for text in (
        "#31506E",
        "#7A3B3B",
        "#3E5F4B",
        "#6E5A8A",
        "#B0803C",
        "#4A4F57",
        "#C4B8A4",
        "#8E4F6B",
    )
]


def from_behind(
    canvas: Canvas, x: float, y: float, size: float, *, hair: Colour, coat: Colour
) -> None:
    """Paint shoulders and the back of a head whose middle is at ``x``, ``y``."""
    ratio = canvas.width / canvas.height
    canvas.disc((x, y + size * ratio * 2.9), size * 1.95, coat, 1.35)
    canvas.box(
        x - size * 0.38,
        y + size * ratio * 0.5,
        x + size * 0.38,
        y + size * ratio * 1.6,
        mix(hair, coat, 0.4),
    )
    canvas.disc((x, y), size * 0.82, hair, 1.18)


def rows_of_heads(canvas: Canvas, top: float, dark: Colour, rim: Colour, rows: int = 5) -> None:
    """Paint an audience from ``top`` down, larger and darker row by row, with light on its rim."""
    random = canvas.random
    for row in range(rows):
        share = row / max(1, rows - 1)
        size = 0.014 + 0.036 * share**1.3
        y = top + (0.93 - top) * share
        x = -size + random.random() * size
        while x < 1 + size:
            lift = random.uniform(-0.35, 0.35) * size
            tone = mix(mix(random.choice(HAIR), dark, 0.62 + 0.26 * share), rim, 0.1 * (1 - share))
            coat = mix(random.choice(CLOTH), dark, 0.68 + 0.22 * share)
            canvas.disc(
                (x, y + lift - size * 0.2), size * 0.86, mix(rim, tone, 0.35 + 0.4 * share), 1.2
            )
            from_behind(canvas, x, y + lift, size, hair=tone, coat=coat)
            x += size * random.uniform(3.2, 4.4)
        if row == rows - 2:
            canvas.blur(0.8)
