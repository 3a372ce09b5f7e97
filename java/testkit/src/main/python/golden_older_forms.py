"""Layers as Keras 1 and 2 wrote them, with the answers of Keras 3 for equal arguments.

Keras 3's own reader of .h5 files takes ten of these forms, and then its answer must be the same. It
takes neither the `groups` that Keras 2 wrote for depthwise, separable and transposed layers, nor the
`kernel_initializer` of separable ones, nor activations as objects; those forms are written after the
field lists of Keras 2 and are checked only through the equal arguments.
"""

from golden_case import Case, keras

_FIRST = {"data_format": "channels_first"}


def older_cases():
    """Returns the cases; each has a `rewrite` from Keras 3's description to the older one."""
    for number, (kind, size, channels, arguments) in enumerate(_LAYERS):
        yield Case(kind, size, channels, arguments, label="keras2", rewrite=keras2)
        if number % 3 == 0:
            yield Case(kind, size, channels, arguments, label="keras2early", rewrite=keras2_early)
    for label, kind, arguments, older in _activations():
        size = (12,) if "1D" in kind else (4, 5)
        yield Case(kind, size, 3, arguments, label=label, rewrite=_with_activation(older))
    for label, activation in _layer_activations():
        for kind, size in (("Conv2D", (4, 5)), ("Conv1DTranspose", (9,))):
            arguments = {"filters": 4, "kernel_size": 3, "padding": "same"}
            yield Case(kind, size, 3, {**arguments, "activation": activation}, label=label)
    yield Case(
        "Conv2D", (4, 5), 3,
        {"filters": 4, "kernel_size": 3, "activation": keras.layers.Softmax(axis=1), **_FIRST},
        label="softmax-of-channels",
    )


_LAYERS = [
    ("Conv1D", (9,), 3, {"filters": 4, "kernel_size": 3, "dilation_rate": 2, "padding": "causal"}),
    ("Conv1D", (9,), 4, {"filters": 6, "kernel_size": 2, "strides": 2, "groups": 2}),
    ("Conv2D", (5, 6), 3, {"filters": 4, "kernel_size": (2, 3), "activation": "relu"}),
    ("Conv2D", (5, 6), 2, {"filters": 3, "kernel_size": 3, "padding": "same", **_FIRST}),
    ("Conv2D", (5, 6), 2, {"filters": 3, "kernel_size": 3, "use_bias": False}),
    ("Conv3D", (3, 4, 3), 2, {"filters": 3, "kernel_size": 2, "strides": (1, 2, 1)}),
    ("DepthwiseConv1D", (9,), 3, {"kernel_size": 3, "depth_multiplier": 2}),
    ("DepthwiseConv2D", (5, 6), 3, {"kernel_size": 3, "depth_multiplier": 2, "padding": "same"}),
    ("SeparableConv1D", (9,), 3, {"filters": 4, "kernel_size": 3, "padding": "same"}),
    ("SeparableConv2D", (5, 6), 3, {"filters": 4, "kernel_size": 3, "depth_multiplier": 2}),
    ("Conv1DTranspose", (5,), 3, {"filters": 2, "kernel_size": 3, "strides": 2, "output_padding": 1}),
    ("Conv2DTranspose", (3, 4), 3, {"filters": 2, "kernel_size": 3, "strides": 2, "padding": "same"}),
    ("Conv3DTranspose", (2, 3, 2), 2, {"filters": 2, "kernel_size": 2, "strides": 2}),
]


def _activations():
    """Layers whose older description holds an activation as an object."""
    layers = keras.layers
    pairs = [
        ("leaky-alpha", layers.LeakyReLU(negative_slope=0.2), "LeakyReLU", {"alpha": 0.2}),
        (
            "leaky-alpha-as-float32",
            layers.LeakyReLU(negative_slope=0.30000001192092896),
            "LeakyReLU",
            {"alpha": 0.30000001192092896},
        ),
        ("leaky-default", layers.LeakyReLU(negative_slope=0.3), "LeakyReLU", {}),
        ("elu-alpha", layers.ELU(alpha=0.5), "ELU", {"alpha": 0.5}),
        (
            "relu6",
            layers.ReLU(max_value=6.0),
            "ReLU",
            {"max_value": 6.0, "negative_slope": 0.0, "threshold": 0.0},
        ),
        (
            "relu-all",
            layers.ReLU(max_value=5.0, negative_slope=0.1, threshold=1.0),
            "ReLU",
            {"max_value": 5.0, "negative_slope": 0.1, "threshold": 1.0},
        ),
        ("relu-default", layers.ReLU(), "ReLU", {"max_value": None}),
        ("softmax-axis", layers.Softmax(axis=-2), "Softmax", {"axis": -2}),
        ("activation-layer", layers.Activation("tanh"), "Activation", {"activation": "tanh"}),
    ]
    for number, (label, activation, class_name, config) in enumerate(pairs):
        kind = ("Conv2D", "Conv1D", "SeparableConv2D")[number % 3]
        arguments = {"filters": 4, "kernel_size": 3, "padding": "same", "activation": activation}
        named = {"name": "inner", "trainable": True, "dtype": "float32", **config}
        yield label, kind, arguments, {"class_name": class_name, "config": named}
    function = {
        "module": "builtins", "class_name": "function", "config": "relu",
        "registered_name": "function",
    }
    arguments = {"filters": 4, "kernel_size": 3, "padding": "same", "activation": "relu"}
    yield "function-object", "Conv2D", arguments, function


def _layer_activations():
    """Activation layers as Keras 3 writes them inside another layer."""
    layers = keras.layers
    yield "relu-layer", layers.ReLU(max_value=4.0, negative_slope=0.25, threshold=0.5, name="a")
    yield "leaky-layer", layers.LeakyReLU(negative_slope=0.1, name="a")
    yield "elu-layer", layers.ELU(alpha=1.5, name="a")
    yield "softmax-layer", layers.Softmax(axis=1, name="a")


def keras2(layer, input_shape):
    """As tf.keras 2.4 and later wrote it."""
    config = _plain(layer["config"])
    kind = layer["class_name"]
    config.update(dtype="float32", batch_input_shape=[None, *input_shape[1:]])
    if not kind.startswith(("Conv1D", "Conv2D", "Conv3D")):
        config["kernel_initializer"] = _GLOROT
    config.setdefault("groups", 1)
    if kind == "DepthwiseConv2D":
        del config["kernel_initializer"]
    if kind == "Conv3DTranspose":
        del config["dilation_rate"]
    return {"class_name": kind, "config": config}


def keras2_early(layer, input_shape):
    """As Keras 2.0 wrote it: no groups, no output padding, initializers spelled out."""
    older = keras2(layer, input_shape)
    config = older["config"]
    for name, value in config.items():
        if isinstance(value, dict) and value["class_name"] == "GlorotUniform":
            config[name] = {
                "class_name": "VarianceScaling",
                "config": {
                    "scale": 1.0, "mode": "fan_avg", "distribution": "uniform", "seed": None,
                },
            }
    if config["groups"] == 1:
        del config["groups"]
    if config.get("output_padding", 0) is None:
        del config["output_padding"]
    return older


_GLOROT = {"class_name": "GlorotUniform", "config": {"seed": None}}


def _with_activation(activation):
    def rewrite(layer, input_shape):
        older = keras2(layer, input_shape)
        older["config"]["activation"] = activation
        return older

    return rewrite


def _plain(value):
    """Without the words that Keras 3 added, and tuples as JSON has them."""
    if isinstance(value, dict):
        new = {"module", "registered_name", "build_config"}
        return {key: _plain(item) for key, item in value.items() if key not in new}
    return [_plain(item) for item in value] if isinstance(value, tuple) else value
