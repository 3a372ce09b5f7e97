"""Output lengths of one dimension, as Keras computes them and as its backend produces them."""

from itertools import product

import jax

from golden_case import keras

_HEADER = ["kind", "n", "k", "s", "d", "padding", "output_padding", "out"]
_SIZES = (1, 2, 3, 4, 5, 8, 13, 100)
_KERNELS = (1, 2, 3, 4, 5, 7)
_STRIDES = (1, 2, 3, 4, 7)
_DILATIONS = (2, 3)
_BOTH = ((2, 2), (3, 2), (2, 5))


def arithmetic():
    rows = [row for row in [*_convolutions(), *_transposed()] if row]
    assert len(rows) >= 2000, len(rows)
    return {"keras": keras.__version__, "columns": _HEADER, "rows": rows}


def _steps():
    return [(stride, 1) for stride in _STRIDES] + [(1, dilation) for dilation in _DILATIONS]


def _convolutions():
    for padding, k, (s, d) in product(("valid", "same", "causal"), _KERNELS, _steps()):
        layer = keras.layers.Conv1D(1, k, strides=s, dilation_rate=d, padding=padding)
        for n in _SIZES:
            yield _row("conv", layer, n, k, s, d, padding, None)
    # Only the depthwise layers take a stride and a dilation at once.
    for padding, k, (s, d) in product(("valid", "same"), _KERNELS, _BOTH):
        layer = keras.layers.DepthwiseConv1D(k, strides=s, dilation_rate=d, padding=padding)
        for n in _SIZES:
            yield _row("conv", layer, n, k, s, d, padding, None)


def _transposed():
    for padding, k, (s, d) in product(("valid", "same"), _KERNELS, _steps()):
        for output_padding in (None, *range(s)):
            layer = keras.layers.Conv1DTranspose(
                1, k, strides=s, dilation_rate=d, padding=padding, output_padding=output_padding
            )
            for n in _SIZES[::2]:
                yield _row("transpose", layer, n, k, s, d, padding, output_padding)


def _row(kind, layer, n, k, s, d, padding, output_padding):
    """The row, or None where Keras refuses or nothing would come out."""
    if not layer.built:
        layer.build((1, 200, 1))
    try:
        out = layer.compute_output_shape((1, n, 1))[1]
    except ValueError:
        return None
    if out < 1:
        return None
    produced = jax.eval_shape(layer.call, jax.ShapeDtypeStruct((1, n, 1), "float32"))
    assert produced.shape[1] == out, (kind, n, k, s, d, padding, output_padding, out, produced)
    return [kind, n, k, s, d, padding, output_padding, int(out)]
