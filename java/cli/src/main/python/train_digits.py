"""Trains the network of `conv4j demo`: handwritten digits, read by convolutions alone.

Run, from this directory, in a fresh environment with Python 3.11 or later:

    python -m venv venv && venv/bin/pip install -r requirements.txt
    venv/bin/python train_digits.py

It takes about a minute and writes two files to ../resources/org/conv4j/cli/demo:

    digits.keras     the network, without the state of its training; it takes pixels from 0 (paper)
                     to 1 (ink)
    digits-test.npz  `images` with pixels from 0 to 16, `labels`, and Keras's own
                     `keras_probabilities`: the images that were held out before the training; its
                     recipe was chosen on other images, after a first one had shown 97.75 % on these

The images are scikit-learn's copy of "Optical Recognition of Handwritten Digits" by E. Alpaydin and
C. Kaynak (1998), UCI Machine Learning Repository, CC BY 4.0: 8 x 8 pixels, written by 13 people.
"""

import os
from pathlib import Path

os.environ["KERAS_BACKEND"] = "jax"
os.environ["JAX_PLATFORMS"] = "cpu"

import keras  # noqa: E402  (the backend must be chosen first)
import numpy as np  # noqa: E402
from sklearn.datasets import load_digits  # noqa: E402
from sklearn.model_selection import train_test_split  # noqa: E402

TARGET = Path(__file__).resolve().parent.parent / "resources/org/conv4j/cli/demo"
SEED = 20
HELD_OUT = 400
INPUT_SCALE = 1 / 16
EPOCHS = 30
BATCH = 32


def main():
    keras.utils.set_random_seed(SEED)
    images, labels = load_digits(return_X_y=True)
    images = images.reshape(-1, 8, 8, 1).astype("uint8")
    labels = labels.astype("int64")
    train_images, test_images, train_labels, test_labels = train_test_split(
        images, labels, test_size=HELD_OUT, stratify=labels, random_state=SEED
    )
    model = train(*with_shifts(train_images, train_labels))
    probabilities = model.predict(scaled(test_images), verbose=0)
    accuracy = float(np.mean(probabilities.argmax(axis=-1) == test_labels))
    print(f"accuracy on {HELD_OUT} held-out digits: {accuracy:.4f}")
    assert accuracy >= 0.98, accuracy
    write(model, test_images, test_labels, probabilities)


def with_shifts(images, labels):
    """Adds every image moved by one pixel up, down, left and right."""
    padded = np.pad(images, ((0, 0), (1, 1), (1, 1), (0, 0)))
    offsets = [(1, 1), (0, 1), (2, 1), (1, 0), (1, 2)]
    moved = [padded[:, top : top + 8, left : left + 8] for top, left in offsets]
    return np.concatenate(moved), np.tile(labels, len(offsets))


def convolutions():
    """One layer of each kind that classifies images; the last one sees what is left of them."""
    layers = keras.layers
    same = {"padding": "same", "activation": "relu"}
    return [
        layers.Conv2D(16, 3, name="edges", **same),
        layers.SeparableConv2D(32, 3, name="strokes", **same),
        layers.Conv2D(32, 3, strides=2, name="halve", **same),
        layers.DepthwiseConv2D(3, name="spread", **same),
        layers.Conv2D(48, 1, name="mix", activation="relu"),
        layers.Conv2D(10, 4, name="digit", activation="softmax"),
    ]


def train(images, labels):
    layers = convolutions()
    model = keras.Sequential(
        [
            keras.Input((8, 8, 1)),
            *layers[:-1],
            keras.layers.Dropout(0.3, seed=SEED),
            layers[-1],
            keras.layers.Reshape((10,)),
        ]
    )
    steps = EPOCHS * -(-len(images) // BATCH)
    model.compile(
        optimizer=keras.optimizers.Adam(keras.optimizers.schedules.CosineDecay(2e-3, steps)),
        loss="sparse_categorical_crossentropy",
    )
    model.fit(scaled(images), labels, batch_size=BATCH, epochs=EPOCHS, verbose=0)
    # The same layers in a model that was never compiled: the state of an optimiser is not saved.
    return keras.Sequential([keras.Input((8, 8, 1), name="image"), *model.layers], name="digits")


def scaled(images):
    return images.astype("float32") * np.float32(INPUT_SCALE)


def write(model, images, labels, probabilities):
    TARGET.mkdir(parents=True, exist_ok=True)
    model.save(TARGET / "digits.keras")
    np.savez_compressed(
        TARGET / "digits-test.npz",
        images=images,
        labels=labels,
        keras_probabilities=probabilities,
    )
    size = (TARGET / "digits.keras").stat().st_size
    assert size < 200_000, size


if __name__ == "__main__":
    main()
