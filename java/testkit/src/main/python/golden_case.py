"""What one golden case is, and how its weights are drawn and its answer is computed by Keras."""

import os
import zlib
from dataclasses import dataclass, field

os.environ["KERAS_BACKEND"] = "jax"
os.environ["JAX_ENABLE_X64"] = "1"
os.environ["JAX_PLATFORMS"] = "cpu"

import jax  # noqa: E402  (the backend must be chosen first)
import keras  # noqa: E402
import numpy as np  # noqa: E402

RANKS = {
    "Conv1D": 1,
    "Conv2D": 2,
    "Conv3D": 3,
    "DepthwiseConv1D": 1,
    "DepthwiseConv2D": 2,
    "SeparableConv1D": 1,
    "SeparableConv2D": 2,
    "Conv1DTranspose": 1,
    "Conv2DTranspose": 2,
    "Conv3DTranspose": 3,
}

_SHORT = {
    "filters": "f",
    "kernel_size": "k",
    "strides": "s",
    "dilation_rate": "d",
    "groups": "g",
    "depth_multiplier": "m",
    "output_padding": "op",
}

# Both ends of an activation are reached when pre-activations exceed these.
_TAIL = 8.0


@dataclass
class Case:
    """A layer by its Keras arguments, and the extent of its input."""

    kind: str
    size: tuple
    channels: int
    arguments: dict
    dtype: str = "float32"
    batch: int = 2
    label: str = ""
    rewrite: object = field(default=None, repr=False)

    @property
    def id(self):
        parts = [self.kind.lower(), self.label]
        parts.append(self.arguments.get("padding", "valid"))
        parts += ["n" + _times(self.size), "c%d" % self.channels]
        parts += [
            short + _times(self.arguments[name])
            for name, short in _SHORT.items()
            if self.arguments.get(name) is not None
        ]
        if self.arguments.get("data_format") == "channels_first":
            parts.append("cf")
        if not self.arguments.get("use_bias", True):
            parts.append("nobias")
        activation = self.arguments.get("activation")
        if isinstance(activation, str):
            parts.append(activation)
        if self.dtype == "float64":
            parts.append("f64")
        return "-".join(part for part in parts if part)

    @property
    def input_shape(self):
        if self.arguments.get("data_format") == "channels_first":
            return (self.batch, self.channels) + self.size
        return (self.batch,) + self.size + (self.channels,)

    def layer(self, **changes):
        arguments = {"name": "layer", "dtype": self.dtype, **self.arguments, **changes}
        return getattr(keras.layers, self.kind)(**arguments)


@dataclass
class Answer:
    """A case with its tensors and Keras's own description of the layer."""

    case: Case
    layer: dict
    tensors: dict


def solve(case):
    """Runs Keras on a case and checks the answer by a second route."""
    for attempt in range(50):
        answer, sums = _draw_and_run(case, attempt)
        if not case.arguments.get("activation"):
            return answer
        if sums.min() < -_TAIL and sums.max() > _TAIL:
            return answer
    raise AssertionError("no draw reaches both tails: " + case.id)


def _draw_and_run(case, attempt):
    random = np.random.default_rng(zlib.crc32(f"{case.id}/{attempt}".encode()))
    layer = case.layer()
    layer.build(case.input_shape)
    tensors = {"input": _steps(random.uniform(-2, 2, case.input_shape), 16, case.dtype)}
    for variable in layer.weights:
        tensors[variable.name] = _weight(case, layer, variable, random)
    output = _run(layer, tensors)
    if case.dtype == "float64" and case.arguments.get("activation") == "tanh":
        linear = case.layer(activation=None)
        linear.build(case.input_shape)
        output = _activate(layer, _run(linear, tensors))
    assert output.dtype == case.dtype, (case.id, output.dtype)
    assert output.shape == tuple(layer.compute_output_shape(case.input_shape)), case.id
    sums = _check_by_channels_last_float64(case, layer, tensors, output)
    tensors["output"] = output
    return Answer(case, keras.layers.serialize(layer), tensors), sums


def _weight(case, layer, variable, random):
    """Few bits per value: files compress, and sums of products are exact in float32."""
    shape = tuple(variable.shape)
    if variable.name == "bias":
        return _steps(random.uniform(-2, 2, shape), 16, case.dtype)
    spread = 4.5 if case.arguments.get("activation") else 1.5
    if variable.name == "depthwise_kernel":
        return _steps(random.normal(0, 1, shape), 16, case.dtype)
    taps = int(np.prod(layer.kernel_size))
    if variable.name == "pointwise_kernel":
        deviation = spread / np.sqrt(taps * shape[-2]) / 1.2
        return _steps(random.normal(0, deviation, shape), 64, case.dtype)
    if case.kind.startswith("Depthwise"):
        fan_in = taps
    elif case.kind.endswith("Transpose"):
        fan_in = max(1, taps / np.prod(layer.strides)) * shape[-1]
    else:
        fan_in = taps * shape[-2]
    return _steps(random.normal(0, spread / np.sqrt(fan_in) / 1.2, shape), 64, case.dtype)


def _steps(values, steps, dtype):
    return (np.round(values * steps) / steps).astype(dtype)


def _run(layer, tensors):
    for variable in layer.weights:
        variable.assign(tensors[variable.name])
    return np.asarray(layer(tensors["input"]))


def _activate(layer, sums):
    """On JAX, Keras turns float64 into float32 in tanh and nowhere else: there we ask JAX."""
    if layer.activation is keras.activations.tanh:
        return np.asarray(jax.numpy.tanh(sums))
    return np.asarray(layer.activation(keras.ops.convert_to_tensor(sums)))


def _check_by_channels_last_float64(case, layer, tensors, output):
    """The same layer, channels last and in float64, with the activation applied afterwards."""
    first = layer.data_format == "channels_first"
    x = tensors["input"].astype("float64")
    x = np.moveaxis(x, 1, -1) if first else x
    twin = case.layer(dtype="float64", data_format="channels_last", activation=None)
    twin.build(x.shape)
    wide = {name: tensor.astype("float64") for name, tensor in tensors.items()}
    sums = _run(twin, {**wide, "input": x})
    sums = np.moveaxis(sums, -1, 1) if first else sums
    expected = _activate(layer, sums)
    if case.arguments.get("activation") in (None, "linear"):
        np.testing.assert_array_equal(output, expected, err_msg=case.id)
    else:
        np.testing.assert_allclose(output, expected, rtol=2e-5, atol=2e-6, err_msg=case.id)
    return sums


def _times(value):
    return str(value) if isinstance(value, int) else "x".join(map(str, value))
