"""Writes the models in ../resources/answers whose files leave extents open, or declare a batch.

Run from this directory, once with Keras 2 (tensorflow 2.15) and once with Keras 3:

    python open_extents.py

Each model is given inputs that nobody can guess from its file: as long as its crops and kernels
need, of other sizes than it was made with, or another batch, even none.
"""

import zlib

import keras
import numpy as np
from answers import KERAS, TARGET, leaves, weight
from keras import layers


def main():
    for build in (long_crop, valid_unet, two_scales, declared_batch, first_size, no_examples):
        keras.backend.clear_session()
        model, shapes = build()
        folder = TARGET / f"{KERAS}_open_{build.__name__}"
        write(folder, model, shapes)
        print(folder.name)


def write(folder, model, shapes):
    random = np.random.default_rng(zlib.crc32(folder.name.encode()))
    for layer in leaves(model):
        layer.set_weights([weight(random, layer, value) for value in layer.get_weights()])
    inputs = [random.normal(size=shape).astype("float32") for shape in shapes]
    output = model(inputs if len(inputs) > 1 else inputs[0], training=False)
    folder.mkdir(parents=True, exist_ok=True)
    model.save(folder / ("model.h5" if KERAS == "keras2" else "model.keras"))
    for i, value in enumerate(inputs):
        np.save(folder / f"in_{i}.npy", value)
    np.save(folder / "out_0.npy", np.asarray(output))


def long_crop():
    """Like SpliceAI: residual blocks of dilated convolutions, whose context is then cropped."""
    given = keras.Input((None, 4))
    x = layers.Conv1D(6, 1, name="first")(given)
    skip = layers.Conv1D(6, 1, name="skip")(x)
    for rate in (1, 20):
        y = layers.Activation("relu")(layers.BatchNormalization(name=f"norm_{rate}")(x))
        y = layers.Conv1D(6, 11, dilation_rate=rate, padding="same", name=f"conv_{rate}")(y)
        x = layers.Add()([x, y])
        skip = layers.Add()([skip, layers.Conv1D(6, 1, name=f"skip_{rate}")(x)])
    x = layers.Cropping1D((700, 700))(skip)
    return keras.Model(given, layers.Conv1D(3, 1, activation="softmax")(x)), [(2, 1419, 4)]


def valid_unet():
    """Halves and crops by valid convolutions: small images leave nothing."""
    given = keras.Input((None, None, 1))
    wide = layers.Conv2D(3, 3, activation="relu")(given)
    deep = layers.Conv2D(4, 3, activation="relu")(layers.MaxPooling2D()(wide))
    deep = layers.UpSampling2D()(layers.Conv2D(3, 3)(deep))
    joined = layers.Concatenate()([layers.Cropping2D(4)(wide), deep])
    return keras.Model(given, layers.Conv2D(2, 3)(joined)), [(1, 24, 30, 1)]


def two_scales():
    """The second input is a quarter of the first, and pooled over whatever it is."""
    large, small = keras.Input((None, None, 2)), keras.Input((None, None, 3))
    x = layers.Conv2D(4, 3, strides=4, padding="same")(large)
    x = layers.Add()([x, layers.Conv2D(4, 3, padding="same")(small)])
    x = layers.Dense(2)(layers.GlobalAveragePooling2D()(x))
    return keras.Model([large, small], x), [(2, 28, 36, 2), (2, 7, 9, 3)]


def declared_batch():
    """Made for 16 examples; given 3."""
    given = layers.Input(batch_size=16, shape=(6, 5, 2))
    x = layers.Flatten()(layers.Conv2D(3, 3)(given))
    return keras.Model(given, layers.Dense(2)(x)), [(3, 6, 5, 2)]


def first_size():
    """Without an Input, and first called with one image of another size."""
    chain = [layers.Conv2D(3, 3), layers.GlobalMaxPooling2D(), layers.Dense(2)]
    model = keras.Sequential(chain)
    model(np.zeros((1, 6, 6, 2), "float32"))
    return model, [(2, 9, 11, 2)]


def no_examples():
    """A batch of 0, which TensorFlow computes without convolutions only."""
    given = keras.Input((6, 5, 2))
    x = layers.Flatten()(layers.MaxPooling2D()(given))
    return keras.Model(given, layers.Dense(2, activation="relu")(x)), [(0, 6, 5, 2)]


if __name__ == "__main__":
    main()
