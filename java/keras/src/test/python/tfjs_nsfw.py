"""Checks a real TensorFlow.js model: the MobileNetV2 of nsfwjs, from Keras 2, with uint8 shards.

    python tfjs_nsfw.py [--work FOLDER] [--golden-only]

Needs numpy, npm with Node.js 18 or later, and java/cli/target/conv4j.jar. The package is fetched
from npm and not committed. TensorFlow.js, on its pure JavaScript backend, answers a fixed input; conv4j
must agree within 1e-4 of the largest output and count the same parameters. Exits with 1 if not.
With --work the fetched packages, the unpacked model and the golden stay in FOLDER.
"""

import argparse
import json
import subprocess
import sys
import tarfile
import tempfile
from pathlib import Path

import numpy as np

from conv4j_command import TOLERANCE, parameter_count, relative_error, run_model

PACKAGE = "nsfwjs@4.3.0"
TFJS = "@tensorflow/tfjs@4.22.0"
# One class has nearly all of the probability, which hides differences before the softmax.
SCORE_TOLERANCE = 1e-3
INPUT_SHAPE = (2, 224, 224, 3)


def main():
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--work", type=Path, help="keep everything in this folder")
    parser.add_argument("--golden-only", action="store_true", help="do not run conv4j")
    arguments = parser.parse_args()
    if arguments.work:
        arguments.work.mkdir(parents=True, exist_ok=True)
        return check(arguments.work.resolve(), arguments.golden_only)
    with tempfile.TemporaryDirectory() as folder:
        return check(Path(folder), arguments.golden_only)


def check(work, golden_only):
    fetch(work)
    image, expected, facts = golden(work)
    print(
        f"TensorFlow.js {facts['tfjs']}: {facts['layers']} layers, {facts['parameters']} parameters"
    )
    print("its answers:", *np.round(expected, 4).tolist())
    if golden_only:
        return 0
    model = work / "model/model.json"
    try:
        actual = run_model(model, {"": image}, work)
        parameters = parameter_count(model)
    except subprocess.CalledProcessError as failure:
        print(failure.stderr.strip(), file=sys.stderr)
        return 1
    error = relative_error(actual, expected)
    scores = float(np.abs(np.log(actual / expected)).max()) if error < 1 else np.inf
    print(
        f"conv4j: {parameters} parameters, relative error {error:.1e}, in the scores {scores:.1e}"
    )
    agrees = error <= TOLERANCE and scores <= SCORE_TOLERANCE
    return 0 if agrees and parameters == facts["parameters"] else 1


def fetch(work):
    if not (work / "package").exists():
        _run(["npm", "pack", "--silent", PACKAGE], work)
        with tarfile.open(next(work.glob("nsfwjs-*.tgz"))) as archive:
            archive.extractall(work, filter="data")
    if not (work / "node_modules").exists():
        _run(
            ["npm", "install", "--silent", "--no-audit", "--no-fund", "--prefix", str(work), TFJS],
            work,
        )


def golden(work):
    """What TensorFlow.js answers: colours with noise, as the classifier wants them, from 0 to 1."""
    random = np.random.default_rng(5)
    colours = random.integers(0, 256, (INPUT_SHAPE[0], 8, 8, 3)).repeat(28, 1).repeat(28, 2)
    noise = random.integers(0, 256, INPUT_SHAPE)
    image = ((3 * colours + noise) / 4 / 255).astype("<f4")
    image.tofile(work / "input.bin")
    _run(["node", str(Path(__file__).with_suffix(".mjs")), str(work)], work)
    facts = json.loads((work / "facts.json").read_text())
    expected = np.fromfile(work / "output.bin", "<f4").reshape(facts["shape"])
    np.save(work / "input.npy", image)
    np.save(work / "expected.npy", expected)
    return image, expected, facts


def _run(command, folder):
    subprocess.run(command, check=True, cwd=folder)


if __name__ == "__main__":
    sys.exit(main())
