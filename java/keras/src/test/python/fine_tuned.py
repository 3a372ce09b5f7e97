"""Fine-tunes VGG16, MobileNetV2 and ResNet50 as people do, and compares conv4j with Keras.

Run from this directory, with Keras 2 (tensorflow 2.15) and with Keras 3, after `mvn package`:

    python fine_tuned.py

Each network has random weights, is nested in another model, frozen but for its last block, and saved
as .h5 and .keras. Nothing is kept.
"""

import os
import sys
import tempfile
from pathlib import Path

os.environ.setdefault("CUDA_VISIBLE_DEVICES", "")
os.environ.setdefault("TF_CPP_MIN_LOG_LEVEL", "3")

import keras
import numpy as np
from conv4j_command import TOLERANCE, relative_error, run_model

SHAPE = (64, 64, 3)
NETWORKS = {
    "VGG16": "block5",
    "MobileNetV2": "block_16",
    "ResNet50": "conv5_block3",
}


def main():
    failures = 0
    for network, block in NETWORKS.items():
        for head in (in_sequential, in_functional):
            keras.backend.clear_session()
            model = head(thawed(network, block))
            for suffix in ("h5", "keras"):
                error = compare(model, suffix)
                failures += not error <= TOLERANCE
                print(f"Keras {keras.__version__} {network} {head.__name__} .{suffix}: {error:.1e}")
    sys.exit(1 if failures else 0)


def thawed(network, block):
    base = getattr(keras.applications, network)(include_top=False, weights=None, input_shape=SHAPE)
    random = np.random.default_rng(len(network))
    for layer in base.layers:
        if type(layer).__name__ == "BatchNormalization":
            layer.set_weights([v + random.uniform(0, 0.4, v.shape) for v in layer.get_weights()])
    base.trainable = True
    reached = False
    for layer in base.layers:
        reached = reached or layer.name.startswith(block)
        layer.trainable = reached
    return base


def in_sequential(base):
    layers = keras.layers
    head = [layers.GlobalAveragePooling2D(), layers.Dropout(0.2), layers.Dense(3)]
    return keras.Sequential([keras.Input(SHAPE), base, *head])


def in_functional(base):
    base.trainable = False
    base.layers[-2].trainable = True
    image = keras.Input(SHAPE)
    x = base(keras.layers.Rescaling(1 / 127.5, -1)(image), training=False)
    return keras.Model(image, keras.layers.Dense(3)(keras.layers.GlobalMaxPooling2D()(x)))


def compare(model, suffix):
    image = np.random.default_rng(1).uniform(0, 255, (1, *SHAPE)).astype("float32")
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / f"model.{suffix}"
        model.save(path)
        actual = run_model(path, {"": image}, Path(folder))
    return relative_error(actual, model.predict(image, verbose=0))


if __name__ == "__main__":
    main()
