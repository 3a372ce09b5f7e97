"""Writes models as Keras 1.2.2 does, which no Python of today runs, and what they answer.

Run from this directory, with h5py: python answers_keras1.py. The answers are computed by NumPy, on
kernels in today's layout; the files have them as the legacy loader of Keras 2 expects them.
"""

import json
from pathlib import Path

import h5py
import numpy as np

TARGET = Path(__file__).parent.parent / "resources" / "answers"
RANDOM = np.random.default_rng(11)
MERGE = {
    **{"dot_axes": -1, "mode_type": "raw", "output_shape": None, "output_shape_type": "raw"},
    **{"output_mask": None, "output_mask_type": "raw", "arguments": {}},
}


def main():
    image("th")
    image("tf")
    sequence()


def image(ordering):
    """Branches that are merged, batch normalization, padding by four numbers, pooling."""
    th = ordering == "th"
    axis = 1 if th else 3
    where = {"dim_ordering": ordering}
    conv = {
        **{"nb_filter": 3, "nb_row": 3, "nb_col": 3, "subsample": [1, 1], "border_mode": "same"},
        **{"bias": True, "init": "he_normal", "W_regularizer": None, **where},
    }
    shape = [None, 2, 8, 9] if th else [None, 8, 9, 2]
    layers = [
        layer("InputLayer", "image", [], batch_input_shape=shape, input_dtype="float32", sparse=False),
        layer("ZeroPadding2D", "pad", ["image"], padding=[1, 2, 0, 1], **where),
        layer("Convolution2D", "left", ["pad"], activation="hard_sigmoid", **conv),
        layer("AtrousConvolution2D", "right", ["pad"], activation="relu", atrous_rate=[2, 2], **conv),
        layer("BatchNormalization", "norm", ["right"], mode=0, axis=axis, epsilon=0.01, momentum=0.9),
        layer("Merge", "sum", ["left", "norm"], mode="sum", concat_axis=-1, **MERGE),
        layer("Merge", "both", ["sum", "left"], mode="concat", concat_axis=axis, **MERGE),
        layer("MaxPooling2D", "pool", ["both"], pool_size=[2, 2], strides=[2, 2], border_mode="valid", **where),
        layer("Dropout", "drop", ["pool"], p=0.5),
        layer("Flatten", "flat", ["drop"]),
        layer("Dense", "dense", ["flat"], output_dim=3, activation="linear", bias=True, input_dim=None),
    ]
    weights = {
        "left": [draw(3, 3, 2, 3), draw(3)],
        "right": [draw(3, 3, 2, 3), draw(3)],
        "norm": [draw(3) + 1, draw(3), draw(3), np.abs(draw(3)) + 0.5],
        "dense": [draw(150, 3), draw(3)],
    }
    given = draw(2, 8, 9, 2)
    pad = np.pad(given, ((0, 0), (1, 2), (0, 1), (0, 0)))
    left = np.clip(0.2 * convolve(pad, *weights["left"]) + 0.5, 0, 1)
    right = np.maximum(convolve(pad, *weights["right"], dilation=2), 0)
    gamma, beta, mean, variance = weights["norm"]
    norm = (right - mean) / np.sqrt(variance + 0.01) * gamma + beta
    both = np.concatenate([left + norm, left], axis=3)
    pool = both[:, :10].reshape(2, 5, 2, 5, 2, 6).max(axis=(2, 4))
    flat = (np.moveaxis(pool, 3, 1) if th else pool).reshape(2, 150)
    expected = flat @ weights["dense"][0] + weights["dense"][1]
    if th:
        for name in ("left", "right"):
            weights[name][0] = weights[name][0].transpose(3, 2, 0, 1)
        given = np.moveaxis(given, 3, 1)
    ends = {"input_layers": [["image", 0, 0]], "output_layers": [["dense", 0, 0]]}
    config = {"class_name": "Model", "config": {"name": "model_1", "layers": layers, **ends}}
    write(f"keras1_image_{ordering}", config, layers, weights, given, expected)


def sequence():
    """A chain without its envelope, whose kernels have a second extent of 1."""
    conv = {"nb_filter": 4, "filter_length": 3, "border_mode": "valid", "subsample_length": 1, "bias": True}
    layers = [
        layer("Convolution1D", "conv", None, batch_input_shape=[None, 9, 2], activation="tanh", input_dim=2, input_length=None, **conv),
        layer("MaxPooling1D", "pool", None, pool_length=2, stride=2, border_mode="valid"),
        layer("UpSampling1D", "up", None, length=2),
        layer("GlobalAveragePooling1D", "mean", None),
    ]
    weights = {"conv": [draw(3, 1, 2, 4), draw(4)]}
    given = draw(2, 9, 2)
    windows = np.lib.stride_tricks.sliding_window_view(given, 3, axis=1)
    conv = np.tanh(np.einsum("nlck,kcf->nlf", windows, weights["conv"][0][:, 0]) + weights["conv"][1])
    expected = conv[:, :6].reshape(2, 3, 2, 4).max(axis=2).mean(axis=1)
    write("keras1_sequence", {"class_name": "Sequential", "config": layers}, layers, weights, given, expected)


def layer(class_name, name, inbound, **config):
    made = {"class_name": class_name, "config": {"name": name, "trainable": True, **config}}
    if inbound is not None:
        nodes = [[[origin, 0, 0] for origin in inbound]] if inbound else []
        made.update(name=name, inbound_nodes=nodes)
    return made


def draw(*shape):
    return RANDOM.normal(size=shape).astype("float32") / 2


def convolve(x, kernel, bias, dilation=1):
    """3 x 3, same, channels last."""
    height, width = x.shape[1:3]
    wide = np.pad(x, ((0, 0), (dilation, dilation), (dilation, dilation), (0, 0)))
    total = bias
    for row in range(3):
        for column in range(3):
            top, left = row * dilation, column * dilation
            total = total + wide[:, top : top + height, left : left + width] @ kernel[row, column]
    return total


def write(name, config, layers, weights, given, expected):
    folder = TARGET / name
    folder.mkdir(parents=True, exist_ok=True)
    variables = {2: ["W", "b"], 4: ["gamma", "beta", "running_mean", "running_std"]}
    with h5py.File(folder / "model.h5", "w") as file:
        file.attrs["keras_version"] = b"1.2.2"
        file.attrs["model_config"] = json.dumps(config).encode()
        group = file.create_group("model_weights")
        group.attrs["keras_version"] = b"1.2.2"
        names = [entry["config"]["name"] for entry in layers]
        group.attrs["layer_names"] = [name.encode() for name in names]
        for entry in names:
            values = weights.get(entry, [])
            keys = [f"{entry}_{variable}:0" for variable in variables.get(len(values), [])]
            part = group.create_group(entry)
            part.attrs["weight_names"] = [key.encode() for key in keys]
            for key, value in zip(keys, values, strict=True):
                part[key] = value
    np.save(folder / "in_0.npy", given.astype("float32"))
    np.save(folder / "out_0.npy", expected.astype("float32"))


if __name__ == "__main__":
    main()
