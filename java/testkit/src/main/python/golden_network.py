"""What one golden case of a layer without a convolution is, and how Keras answers it.

Such layers may take several inputs, and their weights are told apart by position. They are small and
many, so Keras runs on TensorFlow here, which compiles nothing. Import this module before golden_case.
"""

import json
import os
import re
import zlib
from dataclasses import dataclass, field

os.environ["KERAS_BACKEND"] = "tensorflow"
os.environ.setdefault("TF_CPP_MIN_LOG_LEVEL", "2")

import keras  # noqa: E402  (the backend must be chosen first)
import numpy as np  # noqa: E402


@dataclass
class NetworkCase:
    """A layer, or a small model, and the shapes of its inputs.

    `adapt` says that a Normalization learns its statistics; `wide` is False where TensorFlow has no
    float64 kernel to check the answer with; `keyword` is the argument for all inputs but the first;
    `spread` says that each input is an argument.
    """

    id: str
    make: object = field(repr=False)
    shapes: list
    adapt: bool = False
    wide: bool = True
    keyword: str = ""
    spread: bool = False


def layer_case(kind, shapes, label="", **arguments):
    """A case of a layer by its arguments; `shapes` is one shape or a list of them."""
    shapes = shapes if isinstance(shapes, list) else [shapes]
    words = [f"{name.replace('_', '')}-{_word(value)}" for name, value in arguments.items()]
    words += ["on-" + "-and-".join(map(_word, shapes))]
    name = "-".join(word for word in [kind.lower(), label, *words] if word)

    def make(dtype):
        return getattr(keras.layers, kind)(name="layer", dtype=dtype, **arguments)

    wide = kind not in ("MaxPooling3D", "AveragePooling3D")
    return NetworkCase(
        re.sub(r"[^a-z0-9.]+", "-", name.lower()).strip("-"), make, shapes, wide=wide
    )


def _word(value):
    if isinstance(value, dict):
        return value["class_name"]
    if isinstance(value, (list, tuple)):
        return "x".join(map(_word, value))
    return str(value).replace("-", "minus")


def model_case(name, function, *shapes):
    """A case of a model that applies a function to symbolic tensors: operation nodes."""

    def make(dtype):
        inputs = [
            keras.Input(shape[1:], dtype=dtype, name=f"in{i}") for i, shape in enumerate(shapes)
        ]
        return keras.Model(inputs, function(*inputs), name="model")

    return NetworkCase(name, make, list(shapes))


def solve_network(case):
    """Returns the row of the case and its tensors by name."""
    keras.backend.clear_session()
    random = np.random.default_rng(zlib.crc32(case.id.encode()))
    inputs = [_steps(random.uniform(-2, 2, shape)) for shape in case.shapes]
    layer = case.make("float32")
    if case.adapt:
        layer.adapt(_steps(random.uniform(-2, 3, case.shapes[0])))
    elif not layer.built:
        _build(layer, case)
    if not case.adapt:
        for variable in layer.weights:
            variable.assign(_weight(variable, random))
    outputs = _run(case, layer, inputs)
    _check(case, layer, inputs, outputs)
    tensors = {f"input_{i}": x for i, x in enumerate(inputs)}
    tensors |= {f"weight_{i}": np.asarray(w) for i, w in enumerate(layer.weights)}
    tensors |= {f"output_{i}": x for i, x in enumerate(outputs)}
    row = {
        "id": case.id,
        "layer": keras.saving.serialize_keras_object(layer),
        "weights": [variable.name for variable in layer.weights],
        "input_shapes": case.shapes,
        "output_shapes": [x.shape for x in outputs],
    }
    assert json.dumps(row)
    return row, tensors


def _build(layer, case):
    if case.spread:
        layer.build(*case.shapes)
    else:
        layer.build(case.shapes[0] if len(case.shapes) == 1 or case.keyword else case.shapes)


def _steps(values, steps=16):
    """Few bits per value: files compress."""
    return (np.round(values * steps) / steps).astype("float32")


def _weight(variable, random):
    shape = tuple(variable.shape)
    match variable.name:
        case "gamma":
            return _steps(random.uniform(0.5, 1.5, shape))
        case "moving_variance":
            return _steps(random.uniform(0.25, 2, shape))
        case "alpha":
            return _steps(random.uniform(0.0625, 0.5, shape))
    return _steps(random.uniform(-1, 1, shape))


def _run(case, layer, inputs):
    if case.keyword:
        rest = {case.keyword: list(inputs[1:])}
        return [np.asarray(x) for x in keras.tree.flatten(layer(inputs[0], **rest))]
    if case.spread:
        return [np.asarray(x) for x in keras.tree.flatten(layer(*inputs))]
    argument = inputs if len(inputs) > 1 else inputs[0]
    return [np.asarray(output) for output in keras.tree.flatten(layer(argument))]


def _check(case, layer, inputs, outputs):
    """The same in float64 must agree, and something must come out."""
    for output in outputs:
        assert output.dtype == "float32", (case.id, output.dtype)
        assert np.isfinite(output).all() and output.size, case.id
        assert np.ptp(output) > 0, (case.id, "constant")
    if not case.wide:
        return
    wide = case.make("float64")
    if case.adapt:
        wide.build(case.shapes[0])
    elif not wide.built:
        _build(wide, case)
    wide.set_weights([np.asarray(weight) for weight in layer.weights])
    if case.adapt:
        wide.finalize_state()
    exact = _run(case, wide, [x.astype("float64") for x in inputs])
    for output, expected in zip(outputs, exact, strict=True):
        np.testing.assert_allclose(output, expected, rtol=5e-5, atol=5e-6, err_msg=case.id)
