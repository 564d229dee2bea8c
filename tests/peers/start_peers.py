#!/usr/bin/env python3
"""Compares whole processes, from their start to the first prediction of a CLIP ViT-B/32 fusion checkpoint (random weights):
`modscope-cli predict` against the Python reference's way (reference_predict.py). Time, and memory at most.

usage: start_peers.py MODSCOPE_CLI PICTURE [--rounds N] [--venv FOLDER]

Both take turns, so that whatever else the machine does hits both alike. All files are in the page cache (one round first that
does not count), both use two threads and float32, and must give the same probabilities.
"""

import argparse
import json
import os
import pathlib
import statistics
import subprocess
import sys
import tempfile
import time

from peer_environment import enter_venv

TEXT = "My cat at 4 am: have you considered breakfast?"
TOLERANCE = 1e-4


def run(command: list[str], output: pathlib.Path) -> tuple[float, float]:
    """Runs a program to its end. Returns its seconds and its memory at most in megabytes."""
    begin = time.perf_counter()
    process = os.posix_spawn(command[0], command, dict(os.environ), file_actions=[
        (os.POSIX_SPAWN_OPEN, 1, str(output), os.O_WRONLY | os.O_CREAT | os.O_TRUNC, 0o644)])
    _, status, usage = os.wait4(process, 0)
    seconds = time.perf_counter() - begin
    if status != 0:
        sys.exit(f"start_peers: {command[0]} failed with status {status}")
    return seconds, usage.ru_maxrss * 1024 / 1e6


def probabilities(output: pathlib.Path) -> dict[str, float]:
    answer = json.loads(output.read_text())
    answer = answer[0] if isinstance(answer, list) else answer
    return answer.get("probabilities", answer)


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("modscope_cli")
    parser.add_argument("picture")
    parser.add_argument("--rounds", type=int, default=5)
    parser.add_argument("--venv", type=pathlib.Path, default=pathlib.Path("build/peers"))
    options = parser.parse_args()
    enter_venv(options.venv)

    reference = str(pathlib.Path(__file__).with_name("reference_predict.py"))
    with tempfile.TemporaryDirectory() as name:
        folder = pathlib.Path(name)
        checkpoint = folder / "run"
        # In a process of its own: a program's memory at most begins with what its parent held when it was started.
        subprocess.run([sys.executable, pathlib.Path(__file__).with_name("clip_run.py"), checkpoint], check=True)
        ours = [options.modscope_cli, "predict", "--quiet", "--format", "json", "--model", str(checkpoint), "--device", "cpu",
                "--threads", "2", "--preprocessing", "hf", "--text", TEXT, "--image", options.picture, "--precision"]
        commands = {
            "Modscope fp32": [*ours, "fp32"],
            "Modscope bf16": [*ours, "bf16"],
            "Python reference fp32": [sys.executable, reference, str(checkpoint), options.picture, TEXT],
        }
        results = {name: [] for name in commands}
        answers = {}
        for number in range(options.rounds + 1):
            for name, command in commands.items():
                result = run(command, folder / "answer.json")
                answers[name] = probabilities(folder / "answer.json")
                if number > 0:
                    results[name].append(result)
    peer = list(commands)[-1]
    for name in commands:
        times, sizes = zip(*results[name])
        sooner = statistics.median(p[0] / o[0] for o, p in zip(results[name], results[peer]))
        share = statistics.median(o[1] / p[1] for o, p in zip(results[name], results[peer]))
        print(f"{name:22} first prediction after {min(times):.2f} s (best), {statistics.median(times):.2f} s (median); "
              f"{max(sizes):.0f} MB at most; {sooner:.1f} x sooner than {peer}, {share:.2f} of its memory")
    drift = max(abs(answers["Modscope fp32"][label] - value) for label, value in answers[peer].items())
    print(f"largest difference of fp32 probabilities: {drift:.1e}")
    if drift > TOLERANCE:
        sys.exit("start_peers: the two do not compute the same")


if __name__ == "__main__":
    main()
