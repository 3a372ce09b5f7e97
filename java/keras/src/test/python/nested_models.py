"""Compares conv4j with Keras on random nested models of which parts are frozen or shared.

Run from this directory, with Keras 2 (tensorflow 2.15) and with Keras 3, after `mvn package`:

    python nested_models.py FIRST_SEED COUNT

Almost all layers have weights of the same shapes, so that exchanged weights change the answer and
nothing else. Each model is saved as .h5 and .keras. Nothing is kept; what differs is printed.
"""

import os
import random
import subprocess
import sys
import tempfile
from pathlib import Path

os.environ.setdefault("CUDA_VISIBLE_DEVICES", "")
os.environ.setdefault("TF_CPP_MIN_LOG_LEVEL", "3")

import keras
import numpy as np
from answers import leaves, weight
from conv4j_command import TOLERANCE, relative_error, run_model
from keras import layers

SHAPE = (5, 5, 3)


class Drawing:
    """Draws models with unique names, which Keras needs to save legacy files."""

    def __init__(self, seed):
        self.random = random.Random(seed)
        self.count = self.random.choice([0, 8, 95])

    def chance(self, share):
        return self.random.random() < share

    def name(self, prefix):
        self.count += 1
        return f"{prefix}{self.count}"

    def layer(self):
        name = self.name(self.random.choice(["conv", "a_", "block_conv"]))
        options = {"name": name, "trainable": self.chance(0.8)}
        kinds = {
            lambda: layers.Conv2D(3, 3, padding="same", use_bias=self.chance(0.8), **options): 50,
            lambda: layers.BatchNormalization(**options): 15,
            lambda: layers.DepthwiseConv2D(3, padding="same", **options): 8,
            lambda: layers.SeparableConv2D(3, 3, padding="same", **options): 8,
            lambda: layers.PReLU(shared_axes=[1, 2], **options): 5,
            lambda: layers.Dropout(0.3, **options): 4,
            lambda: layers.Dense(3, **options): 5,
            lambda: layers.LayerNormalization(**options): 5,
        }
        return self.random.choices(list(kinds), list(kinds.values()))[0]()

    def model(self, depth, least=1):
        chain = []
        for _ in range(self.random.randint(least, 4)):
            nested = depth > 0 and self.chance(0.5)
            chain.append(self.model(depth - 1) if nested else self.layer())
        name = self.name(self.random.choice(["m", "inner", "base"]))
        if self.chance(0.3):
            start = [keras.Input(SHAPE)] if self.chance(0.6) else []
            return keras.Sequential([*start, *chain], name=name)
        if self.chance(0.3):
            chain.append(self.random.choice(chain))
        x = given = keras.Input(SHAPE)
        residual = self.chance(0.3)
        for layer in chain:
            y = layer(x)
            x = layers.add([x, y], name=self.name("add")) if residual else y
        return keras.Model(given, x, name=name)

    def freeze(self, model):
        for layer in model.layers:
            if self.chance(0.3):
                layer.trainable = self.chance(0.5)
            inner = getattr(layer, "layer", layer)
            if hasattr(inner, "layers"):
                self.freeze(inner)

    def whole(self):
        if self.chance(0.2):
            x = given = keras.Input((2, *SHAPE))
            for _ in range(self.random.randint(1, 2)):
                inner = self.model(1) if self.chance(0.6) else self.layer()
                x = layers.TimeDistributed(inner, name=self.name("td"))(x)
            model = keras.Model(given, x)
        else:
            given = keras.Input(SHAPE)
            x = self.model(3, least=2)(given)
            model = keras.Model(given, layers.GlobalAveragePooling2D()(x))
        for _ in range(self.random.randint(0, 3)):
            self.freeze(model)
        return model


def main():
    first, count = map(int, sys.argv[1:])
    failures = 0
    for seed in range(first, first + count):
        keras.backend.clear_session()
        model = Drawing(seed).whole()
        numbers = np.random.default_rng(seed)
        for layer in leaves(model):
            layer.set_weights([weight(numbers, layer, value) for value in layer.get_weights()])
        given = numbers.normal(size=(2, *model.inputs[0].shape[1:])).astype("float32")
        expected = model.predict(given, verbose=0)
        for suffix in ("h5", "keras"):
            difference = compare(model, suffix, given, expected)
            if difference:
                failures += 1
                print(f"seed {seed}, .{suffix}: {difference}")
    print(f"Keras {keras.__version__}: {count} models, {failures} differences")
    sys.exit(1 if failures else 0)


def compare(model, suffix, given, expected):
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / f"model.{suffix}"
        model.save(path)
        try:
            error = relative_error(run_model(path, {"": given}, Path(folder)), expected)
        except subprocess.CalledProcessError as failure:
            return failure.stderr
    return "" if error <= TOLERANCE else f"error {error:.1e}"


if __name__ == "__main__":
    main()
