"""Shifts of known size, after Rabanser, Guennemann and Lipton 2019, "Failing loudly" (arXiv:1810.11953).

`apply(patches, name, level, seed)` takes and gives patches[n, side, side, 3] of UInt8.
"""

import io

import numpy as np
from PIL import Image, ImageFilter

SHIFTS = [
    ("noise", 1), ("noise", 10), ("noise", 100), ("affine", "small"), ("affine", "medium"), ("affine", "large"),
    ("adversarial", 2), ("adversarial", 8), ("brightness", 0.95), ("brightness", 0.85), ("brightness", 0.6),
    ("exposure", -1 / 3), ("exposure", 1.0), ("white-balance", 0.05), ("white-balance", 0.2), ("contrast", 0.9),
    ("contrast", 0.7), ("jpeg", 90), ("jpeg", 60), ("jpeg", 30), ("down-up", 48), ("down-up", 32), ("gray", 1),
    ("bgr", 1), ("blur", 0.5), ("blur", 1.0), ("blur", 2.0), ("crop", 0.9), ("crop", 0.75),
]  # fmt: skip

# What must be detected of 100 % affected images at n = 200, as measured when the method was designed, less two standard errors.
GATES = dict(
    zip(
        SHIFTS,
        [0.95, 0.95, 0.95, 0.95, 0.60, 0.75, 0.0, 0.20, 0.95, 0.95, 0.95, 0.95, 0.95, 0.05, 0.95, 0.95, 0.95]
        + [0.95, 0.95, 0.95, 0.95, 0.95, 0.95, 0.85, 0.65, 0.95, 0.95, 0.90, 0.95],
    )
)


def apply(patches, name, level, seed, weights=None, signs=None):
    random = np.random.default_rng([seed, sum(map(ord, name + str(level)))])
    side = patches.shape[1]
    if name == "noise":
        return rounded(patches + random.normal(0, level, patches.shape).astype(np.float32))
    if name == "brightness":
        return rounded(patches * np.float32(level))
    if name == "exposure":
        return gained(patches, [2.0**level] * 3)
    if name == "white-balance":
        return gained(patches, [1 + level, 1, 1 - level])
    if name == "contrast":
        mean = patches.mean((1, 2, 3), keepdims=True)
        return rounded(mean + (patches - mean) * np.float32(level))
    if name == "jpeg":
        return each(patches, lambda image: encoded(image, level))
    if name == "down-up":
        return each(patches, lambda i: i.resize((level, level), Image.BICUBIC).resize((side, side), Image.BICUBIC))
    if name == "gray":
        wide = patches.astype(np.int32)
        luma = (19595 * wide[..., 0] + 38470 * wide[..., 1] + 7471 * wide[..., 2] + 32768) >> 16
        return np.repeat(luma.astype(np.uint8)[..., None], 3, -1)
    if name == "bgr":
        return patches[..., ::-1].copy()
    if name == "blur":
        return each(patches, lambda image: image.filter(ImageFilter.GaussianBlur(level)))
    if name == "crop":
        edge = round(side * (1 - level) / 2)
        box = (edge, edge, side - edge, side - edge)
        return each(patches, lambda image: image.crop(box).resize((side, side), Image.BICUBIC))
    if name == "affine":
        return np.stack([warped(patch, random, level) for patch in patches])
    if name == "adversarial":
        # One step against a linear model over pixels.
        return rounded(patches + level * np.sign(weights)[None] * signs[:, None, None, None])
    raise KeyError(name)


def rounded(pixels):
    return np.clip(np.rint(pixels), 0, 255).astype(np.uint8)


def each(patches, change):
    return np.stack([np.asarray(change(Image.fromarray(patch))) for patch in patches])


def encoded(image, quality):
    buffer = io.BytesIO()
    image.save(buffer, "JPEG", quality=quality)
    return Image.open(buffer).convert("RGB")


def gained(patches, gains):
    """Gains in linear light, as a camera applies them."""
    code = np.arange(256) / 255
    linear = np.where(code <= 0.04045, code / 12.92, ((code + 0.055) / 1.055) ** 2.4)
    out = np.empty_like(patches)
    for channel, gain in enumerate(gains):
        light = np.clip(linear * gain, 0, 1)
        table = np.where(light <= 0.0031308, 12.92 * light, 1.055 * light ** (1 / 2.4) - 0.055) * 255
        out[..., channel] = rounded(table)[patches[..., channel]]
    return out


def warped(patch, random, level):
    rotation, move, shear, zoom, flips = {
        "small": (10, 0.05, 0.1, 0.1, False),
        "medium": (40, 0.2, 0.2, 0.2, True),
        "large": (90, 0.4, 0.3, 0.4, True),
    }[level]
    side = patch.shape[0]
    padded = np.pad(patch, ((side, side), (side, side), (0, 0)), mode="reflect")
    angle = np.deg2rad(random.uniform(-rotation, rotation))
    shift = random.uniform(-move, move, 2) * side
    skew = random.uniform(-shear, shear)
    matrix = np.array([[np.cos(angle), -np.sin(angle + skew)], [np.sin(angle), np.cos(angle + skew)]])
    matrix = matrix * random.uniform(1 - zoom, 1 + zoom)
    if flips and random.random() < 0.5:
        matrix = matrix @ np.diag([-1, 1])
    center = np.array([side / 2, side / 2])
    offset = center + side - matrix @ center + shift
    image = Image.fromarray(padded).transform(
        (side, side), Image.AFFINE, (*matrix[0], offset[0], *matrix[1], offset[1]), Image.BILINEAR
    )
    return np.asarray(image)
