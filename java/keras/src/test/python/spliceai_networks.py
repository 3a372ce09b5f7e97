"""Checks the five networks of SpliceAI, which take sequences of any length and crop them.

    python spliceai_networks.py [--work FOLDER]

Needs spliceai, tensorflow 2.15 (Keras 2) and java/cli/target/conv4j.jar. The networks come with the
package and are not committed. TensorFlow answers a fixed random sequence of two lengths; conv4j must
agree within 1e-4 of the largest output. Exits with 1 if not. With --work the sequences and
TensorFlow's answers stay in FOLDER and are used again.
"""

import argparse
import importlib.util
import subprocess
import sys
import tempfile
from pathlib import Path

import numpy as np

from conv4j_command import TOLERANCE, relative_error, run_model

LENGTHS = (10_001, 15_000)
BASES = 4


def main():
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--work", type=Path, help="keep everything in this folder")
    arguments = parser.parse_args()
    if arguments.work:
        arguments.work.mkdir(parents=True, exist_ok=True)
        return check(arguments.work.resolve())
    with tempfile.TemporaryDirectory() as folder:
        return check(Path(folder))


def check(work):
    failures = 0
    for network in networks():
        for length in LENGTHS:
            sequence = one_hot(length)
            expected = golden(network, sequence, work)
            try:
                error = relative_error(run_model(network, {"": sequence}, work), expected)
                verdict = "ok" if error < TOLERANCE else "WRONG"
                print(f"{network.stem} {length}: {expected.shape} {verdict} {error:.1e}", flush=True)
            except subprocess.CalledProcessError as failure:
                verdict = "REFUSED"
                print(f"{network.stem} {length}: {failure.stderr.strip()}", file=sys.stderr)
            failures += verdict != "ok"
    return 1 if failures else 0


def networks():
    package = Path(importlib.util.find_spec("spliceai").origin).parent
    return sorted((package / "models").glob("*.h5"))


def one_hot(length):
    """A random sequence of bases; one in fifty is unknown, which SpliceAI writes as zeros."""
    random = np.random.default_rng(length)
    rows = np.vstack([np.eye(BASES, dtype=np.float32), np.zeros((1, BASES), np.float32)])
    unknown = random.random(length) < 0.02
    return rows[np.where(unknown, BASES, random.integers(BASES, size=length))][np.newaxis]


def golden(network, sequence, work):
    kept = work / f"{network.stem}-{sequence.shape[1]}.npy"
    if not kept.exists():
        import tensorflow as tf

        model = tf.keras.models.load_model(network, compile=False)
        np.save(kept, model.predict(sequence, verbose=0))
    return np.load(kept)


if __name__ == "__main__":
    sys.exit(main())
