"""Random weights that let every fault of a reader show, without letting a deep network fade out."""

import os
import zlib

os.environ.setdefault("KERAS_BACKEND", "tensorflow")
os.environ.setdefault("TF_CPP_MIN_LOG_LEVEL", "2")

import keras  # noqa: E402  (the backend must be chosen first)
import numpy as np  # noqa: E402


def generator(*words):
    """A random generator that depends on the words alone."""
    return np.random.default_rng(zlib.crc32("/".join(map(str, words)).encode()))


def few_bits(values, bits=8):
    """Rounds to so few significant bits that the files compress."""
    fractions, exponents = np.frexp(values)
    return np.ldexp(np.round(fractions * 2**bits) / 2**bits, exponents)


def as_argument(inputs):
    """What to call a model with: Keras warns about a list of one."""
    return inputs if len(inputs) > 1 else inputs[0]


def draw_weights(model, name, inputs, rounding=few_bits, library=keras):
    """Sets every weight; `inputs` is a batch that the statistics of the normalizations come from.

    `library` is the Keras that made the model: this one, or `tf_keras`.

    The moving statistics are near those of the batch, so that activations keep their size, but
    different enough to matter; scales, offsets and biases are far from the ones and zeros that Keras
    starts with.
    """
    for number, (layer, variable) in enumerate(_variables(model)):
        drawn = _draw(layer, variable, generator(name, number))
        if drawn is not None:
            variable.assign(rounding(drawn))
    layers = list(model._flatten_layers())
    for layer in layers:
        if isinstance(layer, keras.layers.Normalization) and layer.input_mean is None:
            layer.finalize_state()
    normalizations = [x for x in layers if isinstance(x, library.layers.BatchNormalization)]
    if not normalizations:
        return
    momenta = [layer.momentum for layer in normalizations]
    for layer in normalizations:
        layer.momentum = 0.0  # The moving statistics become those of this one batch.
    model(as_argument(inputs), training=True)
    for number, (layer, momentum) in enumerate(zip(normalizations, momenta, strict=True)):
        layer.momentum = momentum
        random = generator(name, "statistics", number)
        mean, variance = np.asarray(layer.moving_mean), np.asarray(layer.moving_variance)
        variance = np.maximum(variance, 1e-3)
        mean = mean + np.sqrt(variance) * random.normal(0, 0.2, mean.shape)
        layer.moving_mean.assign(rounding(mean))
        layer.moving_variance.assign(rounding(variance * random.uniform(0.6, 1.7, mean.shape)))


def _variables(model):
    seen = set()
    for layer in model._flatten_layers():
        for variable in _own(layer):
            if id(variable) not in seen:
                seen.add(id(variable))
                yield layer, variable


def _own(layer):
    if hasattr(layer, "_trainable_variables"):
        return [*layer._trainable_variables, *layer._non_trainable_variables]
    return [*layer._trainable_weights, *layer._non_trainable_weights]  # Keras 2


def _short_name(variable):
    return variable.name.split("/")[-1].split(":")[0]  # Keras 2 has more than the last word.


def _draw(layer, variable, random):
    shape = tuple(variable.shape)
    match _short_name(variable):
        case "kernel" | "depthwise_kernel" | "pointwise_kernel":
            return random.normal(0, np.sqrt(1.6 / _fan_in(layer, variable)), shape)
        case "bias":
            return random.normal(0, 0.15, shape)
        case "gamma" | "variance":
            return random.uniform(0.6, 1.4, shape)
        case "beta" | "mean":
            return random.normal(0, 0.25, shape)
        case "alpha":
            return random.uniform(0.05, 0.4, shape)
    return None


def _fan_in(layer, variable):
    shape = tuple(variable.shape)
    spatial = int(np.prod(shape[:-2]))
    if _short_name(variable) == "depthwise_kernel":
        return spatial
    if type(layer).__name__.endswith("Transpose"):
        return max(1, spatial // int(np.prod(layer.strides))) * shape[-1]
    return spatial * shape[-2]
