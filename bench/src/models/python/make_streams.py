"""Builds causal networks whose windows `bench.jar stream --dir FOLDER --rival NAME` lets a rival recompute.

    python make_streams.py FOLDER

writes FOLDER/NAME/ with model.keras and model.onnx, both for signals of any length. The weights are random.
"""

import os
import pathlib
import sys

os.environ["KERAS_BACKEND"] = "tensorflow"
os.environ.setdefault("TF_CPP_MIN_LOG_LEVEL", "2")

import keras  # noqa: E402  (reads the variables above)
import numpy as np  # noqa: E402
from keras import layers  # noqa: E402


def conv(x, filters, taps, dilation=1, activation=None):
    return layers.Conv1D(
        filters, taps, padding="causal", dilation_rate=dilation, activation=activation
    )(x)


def tcn():
    """Ten layers of 64 channels, dilations 1 to 512."""
    signal = keras.Input((None, 64))
    x = signal
    for i in range(10):
        x = conv(x, 64, 3, 2**i, "relu")
    return keras.Model(signal, x, name="tcn")


def wavenet():
    """Van den Oord et al. 2016, with 16 channels: gates, and the sum of what all layers make."""
    signal = keras.Input((None, 1))
    x = conv(signal, 16, 1)
    total = None
    for i in range(10):
        gated = layers.Multiply()([conv(x, 16, 2, 2**i, "tanh"), conv(x, 16, 2, 2**i, "sigmoid")])
        total = gated if total is None else layers.Add()([total, gated])
        x = layers.Add()([x, conv(gated, 16, 1)])
    return keras.Model(signal, conv(total, 1, 1), name="wavenet")


def main(parent):
    keras.utils.set_random_seed(19)
    for build in (tcn, wavenet):
        model = build()
        folder = pathlib.Path(parent) / model.name
        folder.mkdir(parents=True, exist_ok=True)
        model.save(folder / "model.keras")
        model(np.zeros((1, 8, model.input_shape[2]), "float32"))  # The exporter asks for a first call.
        model.export(folder / "model.onnx", format="onnx")


main(sys.argv[1])
