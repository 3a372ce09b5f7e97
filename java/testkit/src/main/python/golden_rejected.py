"""Layers and inputs that Keras refuses, each with the stage at which it does."""

import jax

from golden_case import keras


def rejected():
    cases = [_refuse(*case) for case in [*_arguments(), *_inputs()]]
    assert len({case["id"] for case in cases}) == len(cases)
    assert len(cases) >= 60, len(cases)
    return {"keras": keras.__version__, "cases": cases}


def _refuse(name, stage, kind, config, input_shape, built_for=None):
    layer = {"class_name": kind, "config": {"name": "layer", **config}}
    reached, error = _first_refusal(kind, layer["config"], built_for or input_shape, input_shape)
    assert reached == stage, (name, stage, reached, error)
    return {
        "id": name,
        "layer": layer,
        **({"built_for": built_for} if built_for else {}),
        "input_shape": input_shape,
        "stage": stage,
        "keras_error": str(error).strip().splitlines()[0],
    }


def _first_refusal(kind, config, built_for, input_shape):
    stage = "constructor"
    try:
        layer = getattr(keras.layers, kind).from_config(dict(config))
        stage = "build"
        layer.build(tuple(built_for))
        stage = "call"
        jax.eval_shape(layer, jax.ShapeDtypeStruct(tuple(input_shape), "float32"))
    except (ValueError, TypeError, IndexError, AttributeError) as error:
        return stage, error
    return "accepted", None


_CONV = {1: "Conv1D", 2: "Conv2D", 3: "Conv3D"}
_TRANSPOSE = {1: "Conv1DTranspose", 2: "Conv2DTranspose", 3: "Conv3DTranspose"}
_DEPTHWISE = {1: "DepthwiseConv1D", 2: "DepthwiseConv2D"}
_SEPARABLE = {1: "SeparableConv1D", 2: "SeparableConv2D"}
_WITH_FILTERS = {**_CONV, **_TRANSPOSE, **_SEPARABLE}
_ALL = [
    (rank, kind)
    for kinds in (_CONV, _TRANSPOSE, _DEPTHWISE, _SEPARABLE)
    for rank, kind in kinds.items()
]


def _config(kind, **changes):
    filters = {} if kind.startswith("Depthwise") else {"filters": 4}
    return {**filters, "kernel_size": 3, **changes}


def _shape(rank, channels=4, size=8):
    return [2, *[size] * rank, channels]


def _arguments():
    """Refused by the constructor."""
    for rank, kind in _ALL:
        lower = kind.lower()
        wrong = [
            ("zero-kernel", {"kernel_size": 0}),
            ("negative-kernel", {"kernel_size": -1}),
            ("zero-stride", {"strides": 0}),
            ("zero-dilation", {"dilation_rate": 0}),
            ("unknown-padding", {"padding": "full"}),
            ("too-many-strides", {"strides": [1] * (rank + 1)}),
        ]
        for what, change in wrong[rank % 2 :: 2]:
            yield f"{lower}-{what}", "constructor", kind, _config(kind, **change), _shape(rank)
        if not kind.startswith("Depthwise"):
            for filters in (0, -3):
                yield (
                    f"{lower}-filters-{filters}", "constructor", kind,
                    _config(kind, filters=filters), _shape(rank),
                )
        if kind != "Conv1D":
            yield (
                f"{lower}-causal", "constructor", kind, _config(kind, padding="causal"),
                _shape(rank),
            )
    for rank, kind in [*_CONV.items(), *_TRANSPOSE.items()]:
        both = _config(kind, strides=2, dilation_rate=2)
        yield f"{kind.lower()}-strides-and-dilation", "constructor", kind, both, _shape(rank)
    mixed = _config("Conv2D", strides=[2, 1], dilation_rate=[1, 2])
    yield "conv2d-stride-in-one-dilation-in-other", "constructor", "Conv2D", mixed, _shape(2)
    for rank, kind in _CONV.items():
        for what, groups in (("zero", 0), ("negative", -2), ("not-dividing-filters", 3)):
            yield (
                f"{kind.lower()}-groups-{what}", "constructor", kind,
                _config(kind, groups=groups), _shape(rank),
            )
    for rank, kind in _TRANSPOSE.items():
        for what, change in [
            ("equal-to-stride", {"strides": 2, "output_padding": 2}),
            ("above-stride", {"strides": 2, "output_padding": 3}),
            ("one-with-stride-one", {"output_padding": 1}),
            ("negative", {"strides": 2, "output_padding": -1}),
        ]:
            yield (
                f"{kind.lower()}-output-padding-{what}", "constructor", kind,
                _config(kind, **change), _shape(rank),
            )
    for kinds in (_DEPTHWISE, _SEPARABLE):
        for rank, kind in kinds.items():
            for multiplier in (0, -1):
                yield (
                    f"{kind.lower()}-multiplier-{multiplier}", "constructor", kind,
                    _config(kind, depth_multiplier=multiplier), _shape(rank),
                )
    for what, change in [
        ("unknown-activation", {"activation": "no_such_function"}),
        ("unknown-data-format", {"data_format": "channels_middle"}),
        ("unknown-argument", {"no_such_argument": 1}),
        ("kernel-of-three", {"kernel_size": [3, 3, 3]}),
        ("kernel-of-text", {"kernel_size": ["a", "b"]}),
        ("kernel-of-nothing", {"kernel_size": None}),
        ("negative-stride-in-one", {"strides": [1, -1]}),
    ]:
        yield f"conv2d-{what}", "constructor", "Conv2D", _config("Conv2D", **change), _shape(2)
    yield "conv2d-no-kernel", "constructor", "Conv2D", {"filters": 4}, _shape(2)
    yield "conv2d-no-filters", "constructor", "Conv2D", {"kernel_size": 3}, _shape(2)


def _inputs():
    """Refused when the layer meets an input."""
    for rank, kind in _CONV.items():
        yield (
            f"{kind.lower()}-groups-not-dividing-channels", "build", kind,
            _config(kind, groups=2), _shape(rank, channels=5),
        )
    for rank, kind in _ALL:
        lower = kind.lower()
        if kind not in _TRANSPOSE.values():
            yield (
                f"{lower}-kernel-larger-than-input", "build", kind,
                _config(kind, kernel_size=5), _shape(rank, size=4),
            )
            yield (
                f"{lower}-dilated-kernel-larger-than-input", "build", kind,
                _config(kind, dilation_rate=2), _shape(rank, size=4),
            )
            yield f"{lower}-rank-too-low", "build", kind, _config(kind), _shape(rank - 1)
            yield f"{lower}-rank-too-high", "build", kind, _config(kind), _shape(rank + 1)
        else:
            yield f"{lower}-rank-too-low", "call", kind, _config(kind), _shape(rank - 1)
            yield f"{lower}-rank-too-high", "call", kind, _config(kind), _shape(rank + 1)
        yield (
            f"{lower}-other-channels-than-built", "call", kind, _config(kind),
            _shape(rank, channels=5), _shape(rank),
        )
