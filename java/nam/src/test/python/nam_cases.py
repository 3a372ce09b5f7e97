"""Writes small .nam files with random weights, and what plain loops in float64 make of a signal.

python nam_cases.py ../resources/org/conv4j/nam
"""

import json
import sys

import numpy as np

RANDOM = np.random.default_rng(19)
FRAMES = 96

ACTIVATIONS = {
    "Tanh": np.tanh,
    "Hardtanh": lambda x: np.clip(x, -1, 1),
    "ReLU": lambda x: np.maximum(x, 0),
    "LeakyReLU": lambda x: np.where(x > 0, x, 0.01 * x),
    "Sigmoid": lambda x: 1 / (1 + np.exp(-x)),
    "SiLU": lambda x: x / (1 + np.exp(-x)),
    "Hardswish": lambda x: x * np.clip(x + 3, 0, 6) / 6,
}


def array(inputs, channels, heads, taps, dilations, activation, gated=False, bias=False):
    return {
        "input_size": inputs,
        "condition_size": 1,
        "head_size": heads,
        "channels": channels,
        "kernel_size": taps,
        "dilations": dilations,
        "activation": activation,
        "gated": gated,
        "head_bias": bias,
    }


class Weights:
    """Draws weights, and remembers them in the order of the file."""

    def __init__(self):
        self.drawn = []

    def take(self, *shape):
        scale = 0.8 / np.sqrt(np.prod(shape[1:])) if len(shape) > 1 else 0.1
        some = (RANDOM.normal(size=shape) * scale).astype(np.float32)
        self.drawn += [float(x) for x in some.ravel()]
        return some.astype(np.float64)


def convolve(x, kernel, dilation, bias):
    """x: (frames, channels); kernel: (filters, channels, taps), whose first tap is the oldest."""
    y = np.zeros((len(x), kernel.shape[0])) + bias
    taps = kernel.shape[2]
    for frame in range(len(x)):
        for tap in range(taps):
            past = frame - (taps - 1 - tap) * dilation
            if past >= 0:
                y[frame] += kernel[:, :, tap] @ x[past]
    return y


def wavenet(arrays, signal):
    weights = Weights()
    x = signal[:, None]
    head = None
    for a in arrays:
        x = x @ weights.take(a["channels"], a["input_size"]).T
        for dilation in a["dilations"]:
            filters = a["channels"] * (2 if a["gated"] else 1)
            z = convolve(
                x,
                weights.take(filters, a["channels"], a["kernel_size"]),
                dilation,
                weights.take(filters),
            )
            z += signal[:, None] @ weights.take(filters, 1).T
            made = ACTIVATIONS[a["activation"]](z[:, : a["channels"]])
            if a["gated"]:
                made = made / (1 + np.exp(-z[:, a["channels"] :]))
            head = made if head is None else head + made
            x = x + made @ weights.take(a["channels"], a["channels"]).T
            x = x + weights.take(a["channels"])
        head = head @ weights.take(a["head_size"], a["channels"]).T
        if a["head_bias"]:
            head = head + weights.take(a["head_size"])
    scale = weights.take(1)
    return weights.drawn, (head * scale)[:, 0]


def model(arrays, drawn):
    return {
        "version": "0.5.4",
        "metadata": {"name": "drawn at random", "gear_type": "amp", "loudness": -18.5},
        "architecture": "WaveNet",
        "config": {"layers": arrays, "head": None, "head_scale": drawn[-1]},
        "weights": drawn,
        "sample_rate": 48000,
    }


def main(folder):
    signal = RANDOM.normal(size=FRAMES).astype(np.float32)
    arrays = {"signal": signal}

    def case(name, layers):
        drawn, output = wavenet(layers, signal.astype(np.float64))
        arrays[name] = output.astype(np.float32)
        return model(layers, drawn)

    def save(name, made):
        with open(f"{folder}/{name}.nam", "w") as file:
            json.dump(made, file)

    two = [
        array(1, 6, 3, 3, [1, 2, 8], "Tanh"),
        array(6, 3, 1, 2, [1, 16], "Tanh", bias=True),
    ]
    save("two_arrays", case("two_arrays", two))
    gated = [array(1, 5, 4, 3, [1, 4], "Hardtanh", True), array(5, 4, 1, 3, [2], "Tanh", True)]
    save("gated", case("gated", gated))
    for activation in ACTIVATIONS:
        name = activation.lower()
        save(name, case(name, [array(1, 3, 1, 2, [1, 3], activation, bias=True)]))
    small = case("small", [array(1, 2, 1, 2, [1], "Tanh")])
    large = case("large", [array(1, 4, 1, 3, [1, 2], "ReLU")])
    save(
        "container",
        {
            "version": "0.7.0",
            "architecture": "SlimmableContainer",
            "config": {
                "submodels": [
                    {"max_value": 0.5, "model": small},
                    {"max_value": 1.0, "model": large},
                ]
            },
            "weights": [],
            "sample_rate": 44100,
        },
    )
    np.savez(f"{folder}/expected.npz", **arrays)


main(sys.argv[1])
