"""Patches of real photographs, and the `assay` commands that a trial is made of."""

import io
import json
import os
import struct
import subprocess
import tarfile
import zlib
from pathlib import Path

import numpy as np
from PIL import Image

ASSAY = os.environ.get("ASSAY", ".build/release/assay")
SIDE = 64


def cut(photos: Path, per_photo: int, seed: int = 20260101):
    """64 x 64 patches of every photograph below a folder, and the number of the photograph each is from."""
    random = np.random.default_rng(seed)
    patches, sources, seen = [], [], []
    paths = sorted(p for p in photos.rglob("*") if p.suffix.lower() in (".jpg", ".jpeg", ".png"))
    for source, path in enumerate(paths):
        try:
            image = Image.open(path).convert("RGB")
        except OSError:
            continue
        image.thumbnail((1280, 1280), Image.BICUBIC)
        pixels = np.asarray(image)
        small = np.asarray(image.convert("L").resize((16, 16), Image.BOX)).astype(np.int32)
        # Wallpapers come in many sizes: the same scene is one photograph.
        if min(pixels.shape[:2]) < 2 * SIDE or any(np.abs(small - other).mean() < 6 for other in seen):
            continue
        seen.append(small)
        found = 0
        for _ in range(6 * per_photo):
            if found == per_photo:
                break
            patch = one(pixels, random)
            # Clear sky tells nothing of a camera.
            if patch.std() >= 6:
                patches.append(patch)
                sources.append(source)
                found += 1
    return np.stack(patches), np.array(sources)


def one(pixels, random):
    height, width = pixels.shape[:2]
    side = min(int(random.choice([64, 96, 128, 192, 256])), height, width)
    top, left = int(random.integers(0, height - side + 1)), int(random.integers(0, width - side + 1))
    patch = pixels[top : top + side, left : left + side]
    if side != SIDE:
        patch = np.asarray(Image.fromarray(patch).resize((SIDE, SIDE), Image.BICUBIC))
    return patch


def png(patch) -> bytes:
    """Written here, so that no encoder's choices are part of the trial."""
    height, width, _ = patch.shape
    rows = np.zeros((height, width * 3 + 1), np.uint8)
    rows[:, 1:] = patch.reshape(height, -1)

    def chunk(kind, data):
        return struct.pack(">I", len(data)) + kind + data + struct.pack(">I", zlib.crc32(kind + data))

    header = struct.pack(">IIBBBBB", width, height, 8, 2, 0, 0, 0)
    return (
        b"\x89PNG\r\n\x1a\n"
        + chunk(b"IHDR", header)
        + chunk(b"IDAT", zlib.compress(rows.tobytes(), 1))
        + chunk(b"IEND", b"")
    )


def tar(patches, names) -> bytes:
    """A tar of the patches: what `assay` reads on standard input."""
    buffer = io.BytesIO()
    with tarfile.open(fileobj=buffer, mode="w") as archive:
        for patch, name in zip(patches, names):
            data = png(patch)
            member = tarfile.TarInfo(f"{name}.png")
            member.size = len(data)
            archive.addfile(member, io.BytesIO(data))
    return buffer.getvalue()


def run(arguments, data=b""):
    return subprocess.run([ASSAY, *arguments], input=data, capture_output=True, check=False)


def profile(patches, names, path, *options):
    result = run(["profile", "-", "-o", str(path), "--quiet", *options], tar(patches, names))
    if result.returncode != 0:
        raise SystemExit(result.stderr.decode())


def compare(reference, patches, names, *options) -> dict:
    """The report of a comparison with patches that are profiled on the way."""
    result = run(
        ["compare", str(reference), "-", "--format", "json", "--quiet", *options], tar(patches, names)
    )
    if result.returncode > 1:
        raise SystemExit(result.stderr.decode())
    return json.loads(result.stdout)


def alarms(report: dict) -> bool:
    """`warn` or worse: what the stated rate of false alarms counts."""
    return report["verdict"] in ("warn", "alarm", "failed")
