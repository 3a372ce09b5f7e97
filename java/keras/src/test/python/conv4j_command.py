"""Calls the conv4j command and compares what it says with what is expected."""

import json
import subprocess
from pathlib import Path

import numpy as np

JAR = Path(__file__).resolve().parents[4] / "cli/target/conv4j.jar"
TOLERANCE = 1e-4


def run_model(model, inputs, folder, options=()):
    """Runs a model on inputs by name, or on one input; returns its only output.

    Raises subprocess.CalledProcessError, whose `stderr` says what was wrong.
    """
    output = folder / "actual.npy"
    command = ["run", str(model)]
    for number, (name, value) in enumerate(inputs.items()):
        path = folder / f"input{number}.npy"
        np.save(path, value)
        command += ["--input", f"{name}={path}" if name else str(path)]
    _conv4j([*command, "--output", str(output), *options])
    return np.load(output)


def parameter_count(model):
    """The parameters that `inspect` counts."""
    return json.loads(_conv4j(["inspect", str(model), "--json"]))["parameters"]


def relative_error(actual, expected):
    """The largest difference as a part of the largest expected value; infinite for a wrong shape."""
    if actual.shape != expected.shape or not np.isfinite(actual).all():
        return np.inf
    return float(np.abs(actual - expected).max() / np.abs(expected).max())


def _conv4j(arguments):
    command = ["java", "-jar", str(JAR), *arguments]
    return subprocess.run(command, check=True, capture_output=True, text=True).stdout
