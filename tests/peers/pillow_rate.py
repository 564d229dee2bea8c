#!/usr/bin/env python3
"""Prints how many pictures a second Pillow and numpy turn from file bytes into a CLIP tensor, on one core.

The peer of `bench_image --pictures FOLDER`. Needs Pillow and numpy; installs nothing.
With --compare BINARY the two take turns, so that whatever else the machine does hits both alike.
"""

import argparse
import io
import pathlib
import statistics
import subprocess
import time

import numpy as np
from PIL import Image

SIDE = 224
MEAN = np.array([0.48145466, 0.4578275, 0.40821073], np.float32)
DEVIATION = np.array([0.26862954, 0.26130258, 0.27577711], np.float32)


def tensor(data: bytes) -> np.ndarray:
    """Decodes, resizes the short edge (bicubic), crops the centre and normalises: float32 [3, 224, 224]."""
    image = Image.open(io.BytesIO(data)).convert("RGB")
    width, height = image.size
    short = min(width, height)
    size = (SIDE * width // short, SIDE * height // short)
    image = image.resize(size, Image.Resampling.BICUBIC)
    left, top = (size[0] - SIDE) // 2, (size[1] - SIDE) // 2
    image = image.crop((left, top, left + SIDE, top + SIDE))
    values = np.asarray(image, dtype=np.float32) / np.float32(255)
    return np.ascontiguousarray(((values - MEAN) / DEVIATION).transpose(2, 0, 1))


def pictures_per_second(files: list[bytes], rounds: int) -> float:
    """The best of the rounds, by the time that this process spent on a core."""
    best = float("inf")
    for _ in range(rounds):
        start = time.process_time()
        for data in files:
            tensor(data)
        best = min(best, time.process_time() - start)
    return len(files) / best


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("folder", type=pathlib.Path)
    parser.add_argument("--compare", type=pathlib.Path, metavar="BINARY", help="path of bench_image")
    arguments = parser.parse_args()
    files = [path.read_bytes() for path in sorted(arguments.folder.iterdir())]
    if arguments.compare is None:
        print(f"{pictures_per_second(files, 5):.1f}")
        return
    ratios = []
    for _ in range(5):
        theirs = pictures_per_second(files, 5)
        command = [arguments.compare, "--pictures", arguments.folder]
        ours = float(subprocess.run(command, check=True, capture_output=True, text=True).stdout)
        ratios.append(ours / theirs)
        print(f"Pillow {theirs:8.1f}  Modscope {ours:8.1f}  ratio {ours / theirs:.2f}")
    print(f"median ratio {statistics.median(ratios):.2f}")


if __name__ == "__main__":
    main()
