"""Writes the small models in ../resources/answers and what their own framework answers.

Run from this directory, once with Keras 2 (tensorflow 2.15) and once with Keras 3:

    python answers.py [NAME...]

Each folder holds `model.*`, the inputs `in_N.npy` and the outputs `out_N.npy`. What the models are
here for, the functions below say. Those of TensorFlow.js are written by answers.mjs, those of
Keras 1, which no Python of today runs, by answers_keras1.py.
"""

import os
import sys
import zlib
from pathlib import Path

os.environ.setdefault("CUDA_VISIBLE_DEVICES", "")
os.environ.setdefault("TF_CPP_MIN_LOG_LEVEL", "3")

import keras
import numpy as np
from keras import layers

RESOURCES = Path(__file__).parent.parent / "resources"
TARGET = RESOURCES / "answers"
KERAS = "keras" + keras.__version__[0]
CASES = {}


def case(suffix):
    """Registers a function that builds a model, to be saved with a suffix such as h5."""

    def add(build):
        CASES[f"{KERAS}_{build.__name__}_{suffix.replace('.', '_')}"] = (build, suffix)
        return build

    return add


def main():
    names = sys.argv[1:]
    for name, (build, suffix) in CASES.items():
        if not names or name in names:
            keras.backend.clear_session()
            path = TARGET / name / f"model.{suffix}"
            save(path.parent, build(), lambda model, path=path: model.save(path))
            print(name)
    for file in ("model.weights.h5", "legacy.h5") if KERAS == "keras2" else ("model.weights.h5",):
        keras.backend.clear_session()
        folder = RESOURCES / "weights_alone" / f"{KERAS}_{file.partition('.')[0]}"
        save(folder, weights_alone(), lambda model, path=folder / file: model.save_weights(path))


def save(folder, model, write):
    random = np.random.default_rng(zlib.crc32(folder.name.encode()))
    for layer in leaves(model):
        layer.set_weights([weight(random, layer, value) for value in layer.get_weights()])
    folder.mkdir(parents=True, exist_ok=True)
    inputs = [random.normal(size=(2, *i.shape[1:])).astype("float32") for i in model.inputs]
    for value, given in zip(inputs, model.inputs):
        if "int" in str(given.dtype):
            value[:] = np.abs(value * 3).astype(int) % 4
            value[0, :2] = value[1, -2:] = value[0, 3] = 0
    if model.name == "masked":
        inputs[0][0, :2] = inputs[0][1, -2:] = inputs[0][0, 3] = 0.5
    outputs = model.predict(inputs if len(inputs) > 1 else inputs[0], verbose=0)
    write(model)
    for i, value in enumerate(inputs):
        np.save(folder / f"in_{i}.npy", value)
    for i, value in enumerate(outputs if isinstance(outputs, list) else [outputs]):
        np.save(folder / f"out_{i}.npy", value)


def leaves(model):
    for layer in model.layers:
        inner = getattr(layer, "layer", layer)
        if hasattr(inner, "layers"):
            yield from leaves(inner)
        else:
            yield layer


def weight(random, layer, value):
    """Every weight another one, those that must be positive too: a swap must not go unnoticed."""
    drawn = random.normal(size=value.shape) * (0.8 / np.sqrt(np.prod(value.shape[:-1]) or 1))
    positive = "normalization" in type(layer).__name__.lower()
    return (np.abs(drawn) + 0.5 if positive else drawn + 0.1).astype("float32")


def functional(name, chain, shape):
    x = given = keras.Input(shape)
    for layer in chain:
        x = layer(x)
    return keras.Model(given, x, name=name)


def conv(name, **options):
    return layers.Conv2D(3, 3, padding="same", name=name, **options)


@case("h5")
@case("keras")
def hard_sigmoid():
    """As an argument and as a layer: clip(0.2 x + 0.5) before Keras 3, relu6(x + 3) / 6 since."""
    return keras.Sequential(
        [
            keras.Input((6, 5, 3)),
            conv("conv", activation="hard_sigmoid"),
            layers.Rescaling(6.0, -2.0),
            layers.Activation("hard_sigmoid"),
        ]
    )


def weights_alone():
    """For layers that the test makes."""
    chain = [conv("conv", activation="relu"), layers.BatchNormalization(), layers.Flatten()]
    return keras.Sequential([keras.Input((6, 5, 3)), *chain, layers.Dense(2)])


def thawed(freeze):
    """Nested models of equal layers, of which some are frozen: the order in the file tells them."""

    def block(name, count):
        chain = [conv(f"{name}_{i}") for i in range(count)]
        return functional(name, [*chain, layers.BatchNormalization(name=name + "_norm")], (5, 5, 3))

    sequential = keras.Sequential(
        [keras.Input((5, 5, 3)), conv("first"), conv("second")], name="chain"
    )
    base = functional(
        "base", [block("stem", 2), conv("middle"), sequential, block("top", 2)], (5, 5, 3)
    )
    freeze(base)
    return functional("model", [base, layers.GlobalAveragePooling2D(), layers.Dense(2)], (5, 5, 3))


@case("h5")
@case("keras")
def thawed_last_layer():
    """The usual fine-tuning: everything is frozen but the last layer."""

    def freeze(base):
        base.trainable = False
        base.get_layer("top").get_layer("top_1").trainable = True

    return thawed(freeze)


@case("h5")
def frozen_parts():
    """A model is trained, parts of it are frozen, and layers of these are not."""

    def freeze(base):
        base.get_layer("middle").trainable = False
        base.get_layer("stem").trainable = False
        base.get_layer("stem").get_layer("stem_1").trainable = True
        base.get_layer("chain").trainable = False
        base.get_layer("chain").get_layer("second").trainable = True
        base.get_layer("top").get_layer("top_norm").trainable = False

    return thawed(freeze)


@case("h5")
def frozen_chains():
    """Keras 2 does not write that both chains are frozen, of which each has a layer that is not."""
    chains = [
        keras.Sequential([keras.Input((5, 5, 3)), conv(f"{name}_0"), conv(f"{name}_1")], name=name)
        for name in ("left", "right")
    ]
    base = functional("base", [conv("first"), *chains, conv("last")], (5, 5, 3))
    base.trainable = False
    for chain in chains:
        chain.layers[-1].trainable = True
    return functional("model", [base, layers.GlobalAveragePooling2D()], (5, 5, 3))


@case("h5")
def frozen_base():
    """The outermost model is frozen, models in it are not."""

    def freeze(base):
        base.trainable = False
        base.get_layer("top").trainable = True
        base.get_layer("chain").trainable = True
        base.get_layer("chain").get_layer("first").trainable = False

    return thawed(freeze)


@case("h5")
@case("keras")
def recurrent():
    """Weights of wrapped and stacked cells, and states that one layer returns and another takes."""
    given = keras.Input((6, 5))
    x = layers.Bidirectional(layers.LSTM(4, return_sequences=True, dropout=0.1))(given)
    x = layers.RNN(
        [layers.LSTMCell(3), layers.GRUCell(3), layers.LSTMCell(2)], return_sequences=True
    )(x)
    x, h, c = layers.LSTM(3, return_sequences=True, return_state=True)(x)
    x = layers.LSTM(3, return_sequences=True)(x, initial_state=[h, c])
    y, *states = layers.Bidirectional(layers.GRU(2, return_state=True))(x)
    x = layers.SimpleRNN(3, go_backwards=True)(x)
    return keras.Model(given, [layers.Concatenate()([x, y, *states]), h])


@case("h5")
@case("keras")
def recurrent_nested():
    """Text recognition: convolutions, rows of what they see as steps, both directions, twice."""
    steps = functional(
        "steps",
        [
            layers.Bidirectional(layers.LSTM(4, return_sequences=True)),
            layers.Bidirectional(layers.GRU(3, return_sequences=True), merge_mode="sum"),
        ],
        (6, 15),
    )
    chain = [conv("conv"), layers.Reshape((6, 15)), steps, layers.Dense(4, activation="softmax")]
    return functional("model", chain, (6, 5, 3))


@case("h5")
@case("keras")
def recurrent_frames():
    """A network of each frame of a sequence, then steps through the frames."""
    chain = [
        layers.TimeDistributed(conv("conv", activation="relu")),
        layers.TimeDistributed(layers.GlobalAveragePooling2D()),
        layers.Bidirectional(layers.LSTM(4)),
        layers.Dense(2),
    ]
    return functional("model", chain, (4, 6, 5, 3))


@case("h5")
@case("keras")
def attention():
    """A transformer's block on patches of an image."""
    given = keras.Input((6, 5, 3))
    x = layers.Reshape((30, 3))(conv("conv")(given))
    y = layers.LayerNormalization()(x)
    y = layers.MultiHeadAttention(2, 4, name="heads")(y, y)
    x = layers.Add()([x, y])
    x = layers.EinsumDense("abc,cd->abd", output_shape=(None, 4), bias_axes="d")(x)
    x = layers.Attention(use_scale=True)([x, x])
    return keras.Model(given, layers.SpectralNormalization(layers.Conv1D(2, 3))(x))


@case("h5")
@case("keras")
def masked():
    """Steps that a Masking hides, at the begin, in the middle and at the end."""
    return keras.Sequential(
        [
            keras.Input((6, 4)),
            layers.Masking(0.5),
            layers.Dense(5),
            layers.Bidirectional(layers.LSTM(4, return_sequences=True)),
            layers.Dropout(0.2),
            layers.GRU(3, return_sequences=True, go_backwards=True),
            layers.BatchNormalization(),
            layers.SimpleRNN(3),
        ],
        name="masked",
    )


def embedded(given):
    return layers.Embedding(4, 3, mask_zero=True)(given)


@case("keras")
def embedded_steps():
    """Steps of number 0 are hidden; the mask goes along until it is used, or lost."""
    given = keras.Input((6,), dtype="int32")
    x = layers.Bidirectional(layers.LSTM(4, return_sequences=True))(embedded(given))
    y = layers.GlobalAveragePooling1D()(layers.Dropout(0.1)(x))
    z = layers.GRU(3)(layers.Dense(3)(x))
    u = layers.GlobalAveragePooling1D()(layers.Conv1D(2, 3)(x))
    return keras.Model(given, [layers.Concatenate()([y, z]), u])


@case("h5")
@case("keras")
def embedded_chain():
    """The mask of an Embedding is the mean's, whose calls in a chain do not name it."""
    return keras.Sequential(
        [
            keras.Input((6,), dtype="int32"),
            layers.Embedding(4, 3, mask_zero=True),
            layers.Dense(5, activation="relu"),
            layers.GlobalAveragePooling1D(),
            layers.Dense(2),
        ]
    )


@case("keras")
def masked_functional():
    """Keras 3 writes masks as operations, which calls name."""
    given = keras.Input((6, 4))
    x = layers.Masking(0.5)(given)
    x = layers.LSTM(4, return_sequences=True)(layers.Add()([x, layers.Dense(4)(x)]))
    y = layers.SimpleRNN(3)(layers.Masking(0.5)(given))
    return keras.Model(given, [x, y], name="masked")


@case("h5")
@case("keras")
def next_frame():
    """Each frame of a film from those before it."""

    def lstm(filters, kernel):
        return layers.ConvLSTM2D(filters, kernel, padding="same", return_sequences=True)

    chain = [
        lstm(4, 3),
        layers.BatchNormalization(),
        lstm(3, (1, 3)),
        layers.BatchNormalization(),
        layers.Conv3D(1, 3, activation="sigmoid", padding="same"),
    ]
    return functional("model", chain, (4, 6, 5, 1))


if __name__ == "__main__":
    main()
