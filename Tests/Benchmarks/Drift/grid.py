#!/usr/bin/env python3
"""False alarms and power of `assay compare`, driven through the command line.

    grid.py null       --photos DIR [--references 50 --trials 20]   false alarms without drift, records independent
    grid.py power      --photos DIR [--trials 20]                   29 shifts of photographs
    grid.py clustered  --photos DIR [--trials 40]                   no drift, but records come photograph by photograph
    grid.py embeddings [--trials 50]                                no drift, and 0.5 SD in 5 of 512 dimensions
    grid.py strata     [--trials 200]                               a camera's share 30 -> 60 %, and one camera that changed

Needs numpy and pillow, and a release build (`make build`; ASSAY=path for another).
"""

import argparse
import json
import math
import tempfile
from collections import Counter
from pathlib import Path

import numpy as np
import patches as trial
import shifts

REFERENCE = 10_000


def upper_bound(hits: int, trials: int) -> float:
    """Clopper and Pearson's upper 95 % bound (one-sided 97.5 %), by bisection of the binomial tail."""

    def tail(p):
        return sum(math.comb(trials, k) * p**k * (1 - p) ** (trials - k) for k in range(hits + 1))

    low, high = hits / trials, 1.0
    for _ in range(60):
        middle = (low + high) / 2
        low, high = (middle, high) if tail(middle) > 0.025 else (low, middle)
    return high


def say(label: str, hits: int, trials: int) -> None:
    rate, bound = hits / trials, upper_bound(hits, trials)
    print(f"{label:32} {hits:5} of {trials:5}  {rate:6.3f}  (upper 95 % bound {bound:.3f})", flush=True)


def null(args, folder: Path) -> None:
    """Every reference is another split of the same patches; n records of the rest are compared with it."""
    patches, _ = trial.cut(args.photos, args.per_photo)
    random = np.random.default_rng(args.seed)
    hits: Counter = Counter()
    trials: Counter = Counter()
    for number in range(args.references):
        order = random.permutation(len(patches))
        reference = folder / "reference.json"
        trial.profile(patches[order[:REFERENCE]], order[:REFERENCE], reference)
        for n in args.sizes:
            for _ in range(args.trials):
                chosen = random.choice(order[REFERENCE:], n, replace=False)
                hits[n] += trial.alarms(trial.compare(reference, patches[chosen], chosen))
                trials[n] += 1
        print(f"  {number + 1} references: {dict(hits)} of {dict(trials)}", flush=True)
    for n in args.sizes:
        say(f"null, n = {n}", hits[n], trials[n])


def linear_model(patches, sources):
    """Weights of a linear model over pixels, for the adversarial shift."""
    pixels = patches.reshape(len(patches), -1).astype(np.float32) / 255
    labels = np.where(sources % 2 == 0, 1, -1)
    gram = pixels.T @ pixels + 10 * np.eye(pixels.shape[1], dtype=np.float32)
    return np.linalg.solve(gram, pixels.T @ labels).reshape(patches.shape[1:])


def power(args, folder: Path) -> None:
    patches, sources = trial.cut(args.photos, args.per_photo)
    random = np.random.default_rng(args.seed)
    order = random.permutation(len(patches))
    reference = folder / "reference.json"
    trial.profile(patches[order[:REFERENCE]], order[:REFERENCE], reference)
    weights = linear_model(patches[order[:3000]], sources[order[:3000]])
    means = {n: 0.0 for n in args.sizes}
    missed = []
    for name, level in shifts.SHIFTS:
        line = f"{name} {level:.3g}" if isinstance(level, float) else f"{name} {level}"
        cells = []
        for n in args.sizes:
            hits = 0
            for seed in range(args.trials):
                chosen = random.choice(order[REFERENCE:], n, replace=False)
                signs = np.where(sources[chosen] % 2 == 0, 1, -1)
                shifted = shifts.apply(patches[chosen], name, level, seed, weights, signs)
                hits += trial.alarms(trial.compare(reference, shifted, chosen))
            rate = hits / args.trials
            means[n] += rate / len(shifts.SHIFTS)
            cells.append(f"{rate:5.2f}")
            if n == 200 and rate < shifts.GATES[name, level]:
                missed.append(line)
        print(f"{line:20} {' '.join(cells)}   gate {shifts.GATES[name, level]:.2f}", flush=True)
    print("mean", {n: round(mean, 3) for n, mean in means.items()}, "below their gate:", missed or "none")


def clustered(args, folder: Path) -> None:
    """Production is eight photographs that the reference has nothing of; the reference keeps a group a photograph."""
    patches, sources = trial.cut(args.photos, args.per_photo)
    random = np.random.default_rng(args.seed)
    kinds = np.unique(sources)
    hits: Counter = Counter()
    for _ in range(args.trials):
        held_out = random.choice(kinds, 8, replace=False)
        rest = np.flatnonzero(~np.isin(sources, held_out))
        reference = folder / "reference.json"
        names = [f"{sources[i]}/{i}" for i in rest]
        trial.profile(patches[rest], names, reference, "--group-by", "folder")
        for n in args.sizes:
            pool = np.flatnonzero(np.isin(sources, held_out))
            chosen = random.choice(pool, min(n, len(pool)), replace=False)
            names = [f"{sources[i]}/{i}" for i in chosen]
            hits[n, "as they come"] += trial.alarms(trial.compare(reference, patches[chosen], names))
            current = folder / "current.json"
            trial.profile(patches[chosen], names, current, "--group-by", "folder")
            hits[n, "grouped too"] += trial.alarms(verdict(folder, reference, current))
    for n in args.sizes:
        for way in ("as they come", "grouped too"):
            say(f"clustered null, n = {n}, current {way}", hits[n, way], args.trials)


def rows(folder: Path, name: str, records) -> Path:
    path = folder / name
    path.write_text("".join(json.dumps(record) + "\n" for record in records))
    return path


def verdict(folder: Path, reference, current, *options) -> dict:
    result = trial.run(["compare", str(reference), str(current), "--format", "json", "--quiet", *options])
    if result.returncode > 1:
        raise SystemExit(result.stderr.decode())
    return json.loads(result.stdout)


def embeddings(args, folder: Path) -> None:
    random = np.random.default_rng(args.seed)

    def vectors(n, shift):
        x = random.normal(size=(n, 512))
        x[:, :5] += shift
        return [{"id": f"{random.integers(1 << 62)}", "embedding": np.round(v, 5).tolist()} for v in x]

    schema = folder / "schema.yaml"
    schema.write_text("assay: 1\nfields:\n  id: {privacy: dropped}\n")
    reference = folder / "reference.json"
    table = rows(folder, "reference.jsonl", vectors(REFERENCE, 0))
    trial.run(["profile", str(table), "-o", str(reference), "--table", "--quiet"])
    for label, shift in [("null embeddings", 0.0), ("0.5 SD in 5 of 512 dimensions", 0.5)]:
        hits = 0
        for _ in range(args.trials):
            current = rows(folder, "current.jsonl", vectors(500, shift))
            report = verdict(folder, reference, current)
            hits += any(
                s["feature"] == "field.embedding" and s["aspect"] == "values" and s["status"] in ("warn", "alarm")
                for s in report["scores"]
            )
        say(label, hits, args.trials)


def strata(args, folder: Path) -> None:
    random = np.random.default_rng(args.seed)
    schema = folder / "schema.yaml"
    schema.write_text("assay: 1\ndrift: {strata: [camera]}\n")

    def fleet(n, share, shift):
        camera = random.random(n) < share
        x = 0.4 + camera * (0.2 + shift) + random.normal(0, 0.06, n)
        return [
            {"id": f"{random.integers(1 << 62)}", "camera": "b" if c else "a", "x": round(v, 6)}
            for c, v in zip(camera.tolist(), x.tolist())
        ]

    reference = folder / "reference.json"
    for label, share, shift in [("mix 30 -> 60 %", 0.6, 0.0), ("within camera b, + 0.1", 0.3, 0.1)]:
        kinds: Counter = Counter()
        for _ in range(args.trials):
            table = rows(folder, "reference.jsonl", fleet(2000, 0.3, 0))
            trial.run(["profile", str(table), "-o", str(reference), "--table", "--quiet"])
            current = rows(folder, "current.jsonl", fleet(500, share, shift))
            report = verdict(folder, reference, current, "--schema", str(schema))
            score = next(s for s in report["scores"] if s["feature"] == "field.x" and s["aspect"] == "values")
            kinds[score["splits"][0]["kind"] if score["splits"] else "unmoved"] += 1
        print(f"{label:32} {dict(kinds)}", flush=True)


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("part", choices=["null", "power", "clustered", "embeddings", "strata"])
    parser.add_argument("--photos", type=Path, help="a folder of photographs")
    parser.add_argument("--per-photo", type=int, default=260)
    parser.add_argument("--references", type=int, default=50)
    parser.add_argument("--trials", type=int, default=20)
    parser.add_argument("--sizes", type=lambda text: [int(n) for n in text.split(",")], default=[50, 200, 1000])
    parser.add_argument("--seed", type=int, default=7)
    args = parser.parse_args()
    if args.part in ("null", "power", "clustered") and args.photos is None:
        parser.error(f"{args.part} needs --photos DIR, a folder of photographs")
    with tempfile.TemporaryDirectory() as folder:
        globals()[args.part](args, Path(folder))


if __name__ == "__main__":
    main()
