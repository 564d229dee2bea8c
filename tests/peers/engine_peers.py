#!/usr/bin/env python3
"""Compares the engine with Hugging Face transformers and OpenVINO: CLIP ViT-B/32, random weights, real tweets.

usage: engine_peers.py BENCH_ENGINE [--rounds N] [--venv FOLDER] [--precision fp32 bf16 int8]

All three use the same weights and items. The peers pad each batch to its longest text; we do not pad. They take turns within
every round, so that whatever else the machine does hits all alike: only the ratios mean something.
Makes its own virtual environment (torch, transformers, openvino: about 6 GB) and runs itself in it.
"""

import argparse
import csv
import pathlib
import statistics
import subprocess
import sys
import tempfile
import time

from clip_run import DATA, checkpoint_tensors, make_model, write_tokenizer
from peer_environment import enter_venv

ITEMS = 32
THREADS = 2


def token_ids(folder: pathlib.Path) -> list[list[int]]:
    from transformers import CLIPTokenizer

    write_tokenizer(folder)
    tokenizer = CLIPTokenizer(str(folder / "vocab.json"), str(folder / "merges.txt"))
    with open(DATA / "mmhs150k" / "val.csv", newline="", encoding="utf-8") as file:
        texts = [row["text"] for _, row in zip(range(ITEMS), csv.DictReader(file))]
    return [tokenizer(text, truncation=True, max_length=77)["input_ids"] for text in texts]


def padded(ids: list[list[int]]):
    """int64 ids and mask, both [B, longest]."""
    import torch

    longest = max(map(len, ids))
    rows = torch.tensor([row + [49407] * (longest - len(row)) for row in ids])
    mask = torch.tensor([[1] * len(row) + [0] * (longest - len(row)) for row in ids])
    return rows, mask


def feature(output):
    """transformers 5 returns an object where 4 returned the tensor."""
    return output if hasattr(output, "shape") else output.pooler_output


class Ours:
    def __init__(self, binary: str, folder: pathlib.Path, precision: str):
        self.name = f"Modscope {precision}"
        self.process = subprocess.Popen([binary, str(folder), precision], stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True)
        self.note = self.process.stdout.readline().strip()

    def ask(self, command: str) -> float:
        self.process.stdin.write(command + "\n")
        self.process.stdin.flush()
        return float(self.process.stdout.readline())

    def batch(self) -> float:
        return self.ask(f"batch {THREADS}")

    def one(self, item: int) -> float:
        return self.ask(f"one {item} {THREADS}")


class Transformers:
    def __init__(self, model, ids, pixels, precision: str):
        import copy

        import torch
        import transformers

        self.torch, self.ids = torch, ids
        self.dtype = {"fp32": torch.float32, "bf16": torch.bfloat16}[precision]
        self.name, self.note = f"transformers {precision}", f"{transformers.__version__}, torch {torch.__version__}"
        self.model = copy.deepcopy(model).to(self.dtype)
        self.pixels = pixels.to(self.dtype)

    def run(self, ids, pixels):
        rows, mask = padded(ids)
        with self.torch.inference_mode():
            text = feature(self.model.get_text_features(input_ids=rows, attention_mask=mask))
            return text, feature(self.model.get_image_features(pixel_values=pixels))

    def batch(self) -> float:
        begin = time.perf_counter()
        self.run(self.ids, self.pixels)
        return time.perf_counter() - begin

    def one(self, item: int) -> float:
        begin = time.perf_counter()
        self.run(self.ids[item : item + 1], self.pixels[item : item + 1])
        return time.perf_counter() - begin


class OpenVino:
    def __init__(self, model, ids, pixels, precision: str):
        import openvino
        import torch

        class Text(torch.nn.Module):
            def __init__(self):
                super().__init__()
                self.model = model

            def forward(self, input_ids, attention_mask):
                return feature(self.model.get_text_features(input_ids=input_ids, attention_mask=attention_mask))

        class Picture(torch.nn.Module):
            def __init__(self):
                super().__init__()
                self.model = model

            def forward(self, pixel_values):
                return feature(self.model.get_image_features(pixel_values=pixel_values))

        self.name, self.note = f"OpenVINO {precision}", openvino.__version__
        self.ids, self.pixels = ids, pixels
        rows, mask = padded(ids)
        options = {"INFERENCE_PRECISION_HINT": {"fp32": "f32", "bf16": "bf16"}[precision],
                   "INFERENCE_NUM_THREADS": THREADS, "NUM_STREAMS": 1}
        with torch.inference_mode():
            text = openvino.convert_model(Text(), example_input=(rows, mask))
            picture = openvino.convert_model(Picture(), example_input=pixels)
        self.text = openvino.compile_model(text, "CPU", options)
        self.picture = openvino.compile_model(picture, "CPU", options)

    def run(self, ids, pixels):
        rows, mask = padded(ids)
        return self.text([rows.numpy(), mask.numpy()])[0], self.picture([pixels.numpy()])[0]

    def batch(self) -> float:
        begin = time.perf_counter()
        self.run(self.ids, self.pixels)
        return time.perf_counter() - begin

    def one(self, item: int) -> float:
        begin = time.perf_counter()
        self.run(self.ids[item : item + 1], self.pixels[item : item + 1])
        return time.perf_counter() - begin


def measure(runners, rounds: int, run) -> dict[str, list[float]]:
    """Seconds of each runner in each round; they take turns. One round first that does not count."""
    seconds = {runner.name: [] for runner in runners}
    for number in range(rounds + 1):
        for runner in runners:
            took = run(runner, number)
            if number:
                seconds[runner.name].append(took)
    return seconds


def report(title: str, seconds: dict[str, list[float]], items: int) -> None:
    print(f"\n{title}\n{'':24}{'best':>9}{'median':>9}   pairs/s   | ours/peer best, median")
    for name, times in seconds.items():
        best, median = items / min(times), items / statistics.median(times)
        ours = next(iter(seconds.values()))  # we come first
        ratios = [peer / own for peer, own in zip(times, ours)]
        print(f"{name:24}{best:9.1f}{median:9.1f}             | {min(times) / min(ours):5.2f} {statistics.median(ratios):7.2f}")


def check(ours: Ours, peer: Transformers, folder: pathlib.Path) -> None:
    """The same numbers, or the comparison means nothing."""
    import numpy as np

    ours.ask(f"features {folder / 'features.bin'}")
    got = np.fromfile(folder / "features.bin", np.float32).reshape(2, ITEMS, 512)
    for mine, theirs, what in zip(got, peer.run(peer.ids, peer.pixels), ("text", "image")):
        theirs = theirs.float().numpy()
        cosine = (mine * theirs).sum(1) / np.linalg.norm(mine, axis=1) / np.linalg.norm(theirs, axis=1)
        print(f"{ours.name}: smallest cosine of {what} features to {peer.name}: {cosine.min():.5f}")


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("bench_engine")
    parser.add_argument("--rounds", type=int, default=7)
    parser.add_argument("--venv", type=pathlib.Path, default=pathlib.Path("build/peers"))
    parser.add_argument("--precision", nargs="+", default=["fp32", "bf16"], choices=["fp32", "bf16", "int8"])
    options = parser.parse_args()
    enter_venv(options.venv)

    import torch
    from safetensors.torch import save_file

    torch.set_num_threads(THREADS)
    with tempfile.TemporaryDirectory() as name:
        folder = pathlib.Path(name)
        model = make_model()
        save_file(checkpoint_tensors(model, 0.02), str(folder / "model.safetensors"), {"format": "pt"})
        ids = token_ids(folder)
        (folder / "ids.txt").write_text("".join(" ".join(map(str, row)) + "\n" for row in ids))
        squares = torch.randint(0, 256, (ITEMS, 224, 224, 3), dtype=torch.uint8)
        (folder / "squares.bin").write_bytes(squares.numpy().tobytes())
        mean, deviation = torch.tensor([0.48145466, 0.4578275, 0.40821073]), torch.tensor([0.26862954, 0.26130258, 0.27577711])
        pixels = ((squares.float() / 255 - mean) / deviation).permute(0, 3, 1, 2).contiguous()
        print(f"{ITEMS} pairs, texts of {statistics.mean(map(len, ids)):.0f} tokens on average, {max(map(len, ids))} at most")
        for precision in options.precision:
            ours = Ours(options.bench_engine, folder, precision)
            peer_precision = "bf16" if precision == "int8" else precision  # the best that the peers do without retraining
            peers = [Transformers(model, ids, pixels, peer_precision), OpenVino(model, ids, pixels, peer_precision)]
            check(ours, peers[0], folder)
            runners = [ours, *peers]
            print(" · ".join(f"{runner.name}: {runner.note}" for runner in runners))
            report(f"batch {ITEMS}", measure(runners, options.rounds, lambda runner, _: runner.batch()), ITEMS)
            report("batch 1", measure(runners, 4 * options.rounds, lambda runner, n: runner.one(n % ITEMS)), 1)
            other = subprocess.Popen([sys.executable, "-c", "while True: pass"])
            report(f"batch {ITEMS}, a busy thread beside", measure(runners, options.rounds, lambda runner, _: runner.batch()), ITEMS)
            other.kill()
            ours.process.stdin.close()


if __name__ == "__main__":
    main()
