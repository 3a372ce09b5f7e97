"""Golden cases of the operations that Keras records for arithmetic on symbolic tensors."""

from golden_network import keras, model_case, np

ops = keras.ops
_MAPS = (2, 4, 6, 3)


def operations():
    yield from _arithmetic()
    yield from _unary()
    yield from _reductions()
    yield from _shapes()
    yield from _selections()
    yield from _networks()


def _arithmetic():
    named = {
        "add": lambda x, y: x + y,
        "subtract": lambda x, y: x - y,
        "multiply": lambda x, y: x * y,
        "divide": lambda x, y: x / (ops.abs(y) + 1.0),
        "maximum": ops.maximum,
        "minimum": ops.minimum,
    }
    for name, function in named.items():
        yield model_case(f"op-{name}", function, _MAPS, _MAPS)
        yield model_case(f"op-{name}-broadcast", function, _MAPS, (2, 1, 1, 3))
        yield model_case(f"op-{name}-lower-rank", function, (2, 2, 3), (2, 3))
    constants = {
        "add-constant": lambda x: x + 1.5,
        "constant-add": lambda x: 2 + x,
        "subtract-constant": lambda x: x - 0.5,
        "constant-subtract": lambda x: 1.0 - x,
        "multiply-constant": lambda x: x * 0.25,
        "divide-constant": lambda x: x / 3.0,
        "constant-divide": lambda x: 2.0 / (ops.square(x) + 1.0),
        "maximum-constant": lambda x: ops.maximum(x, 0.25),
        "minimum-constant": lambda x: ops.minimum(x, 0.25),
        "power": lambda x: x**2,
        "power-three": lambda x: ops.power(x, 3.0),
        "negative": lambda x: -x,
        "twice": lambda x: x + x,
        "clip": lambda x: ops.clip(x, -0.5, 1.0),
    }
    for name, function in constants.items():
        yield model_case(f"op-{name}", function, _MAPS)


def _unary():
    for name in (
        "abs square exp tanh sigmoid relu relu6 silu softplus softsign elu selu gelu hard_sigmoid "
        "hard_silu log_sigmoid sin cos sign floor ceil"
    ).split():
        yield model_case(f"op-{name.replace('_', '-')}", getattr(ops, name), _MAPS)
    yield model_case("op-sqrt", lambda x: ops.sqrt(ops.abs(x)), _MAPS)
    yield model_case("op-rsqrt", lambda x: ops.rsqrt(ops.abs(x) + 0.5), _MAPS)
    yield model_case("op-log", lambda x: ops.log(ops.abs(x) + 0.5), _MAPS)
    yield model_case("op-reciprocal", lambda x: ops.reciprocal(ops.abs(x) + 0.5), _MAPS)
    yield model_case("op-leaky-relu", lambda x: ops.leaky_relu(x, negative_slope=0.1), _MAPS)
    yield model_case("op-gelu-exact", lambda x: ops.gelu(x, approximate=False), _MAPS)
    yield model_case("op-softmax", ops.softmax, _MAPS)
    yield model_case("op-softmax-axis", lambda x: ops.softmax(x, axis=1), _MAPS)
    yield model_case("op-log-softmax", ops.log_softmax, _MAPS)


def _reductions():
    for name in ("mean", "sum", "max", "min"):
        function = getattr(ops, name)
        for label, arguments in {
            "last": {"axis": -1},
            "space": {"axis": (1, 2)},
            "space-kept": {"axis": [1, 2], "keepdims": True},
            "first-kept": {"axis": 1, "keepdims": True},
        }.items():
            yield model_case(
                f"op-{name}-{label}",
                lambda x, function=function, arguments=arguments: function(x, **arguments),
                _MAPS,
            )
    yield model_case("op-var", lambda x: ops.var(x, axis=(1, 2)), _MAPS)
    yield model_case("op-std", lambda x: ops.std(x, axis=-1, keepdims=True), _MAPS)


def _shapes():
    slices = {
        "every-second": lambda x: x[:, ::2],
        "one-row": lambda x: x[:, 1],
        "last": lambda x: x[:, -1],
        "inner": lambda x: x[:, 1:-1, 1:-2],
        "ellipsis": lambda x: x[..., :2],
        "ellipsis-one": lambda x: x[..., 0],
        "reversed": lambda x: x[:, ::-1],
        "new-axis": lambda x: x[:, None, :, 2],
        "step-three": lambda x: x[:, 1::3, 1::2, 1:],
    }
    for name, function in slices.items():
        yield model_case(f"op-getitem-{name}", function, _MAPS)
    yield model_case("op-concatenate", lambda x, y: ops.concatenate([x, y], axis=-1), _MAPS, _MAPS)
    yield model_case(
        "op-concatenate-rows", lambda x, y: ops.concatenate([x, y], axis=1), _MAPS, _MAPS
    )
    yield model_case("op-stack", lambda x, y: ops.stack([x, y], axis=1), _MAPS, _MAPS)
    yield model_case("op-split", lambda x: ops.split(x, 2, axis=2), _MAPS)
    yield model_case("op-split-at", lambda x: ops.split(x, [1, 4], axis=2), _MAPS)
    yield model_case("op-reshape", lambda x: ops.reshape(x, (-1, 12, 6)), _MAPS)
    yield model_case("op-transpose", lambda x: ops.transpose(x, (0, 3, 1, 2)), _MAPS)
    yield model_case("op-swapaxes", lambda x: ops.swapaxes(x, 1, 2), _MAPS)
    yield model_case("op-expand-dims", lambda x: ops.expand_dims(x, 2), _MAPS)
    yield model_case("op-squeeze", lambda x: ops.squeeze(x, 2), (2, 4, 1, 3))
    yield model_case("op-flip", lambda x: ops.flip(x, axis=2), _MAPS)
    yield model_case("op-repeat", lambda x: ops.repeat(x, 2, axis=1), _MAPS)
    yield model_case("op-tile", lambda x: ops.tile(x, (1, 2, 1, 3)), _MAPS)
    yield model_case("op-pad", lambda x: ops.pad(x, ((0, 0), (1, 2), (0, 1), (0, 0))), _MAPS)


def _selections():
    """Places become floats, which golden cases are."""

    def places(function, **arguments):
        return lambda x: ops.cast(function(x, **arguments), x.dtype)

    for name in ("argmax", "argmin"):
        function = getattr(ops, name)
        yield model_case(f"op-{name}", places(function, axis=-1), _MAPS)
        yield model_case(f"op-{name}-keepdims", places(function, axis=2, keepdims=True), _MAPS)
        yield model_case(f"op-{name}-equals", places(lambda x: function(ops.sign(x), axis=1)), _MAPS)
    for axis in (-1, 1):
        yield model_case(
            f"op-one-hot-{axis % 5}",
            lambda x, axis=axis: ops.one_hot(ops.argmax(x, axis=1), 5, axis=axis, dtype=x.dtype),
            _MAPS,
        )
    yield model_case("op-take", lambda x: ops.take(x, [2, 0, -1], axis=1), _MAPS)
    yield model_case("op-take-last", lambda x: ops.take(x, [[2, 0], [1, 1]], axis=-1), _MAPS)
    table = np.arange(12, dtype="float32").reshape(4, 3) ** 2
    yield model_case("op-take-rows", lambda x: _rows(table, x, 0), _MAPS)
    yield model_case("op-take-columns", lambda x: _rows(table, x, 1), _MAPS)


def _rows(table, x, axis):
    return ops.take(ops.convert_to_tensor(table, x.dtype), ops.argmax(x, axis=-1), axis=axis)


def _networks():
    yield model_case("op-matmul", lambda x, y: ops.matmul(x, y), (2, 3, 4), (2, 4, 5))
    yield model_case("op-matmul-operator", lambda x, y: x @ y, (2, 2, 3, 4), (2, 2, 4, 3))
    yield model_case("op-max-pool", lambda x: ops.max_pool(x, 2, 2, "valid"), _MAPS)
    yield model_case("op-average-pool", lambda x: ops.average_pool(x, (2, 3), 1, "same"), _MAPS)
    yield model_case("op-resize", lambda x: ops.image.resize(x, (7, 5)), _MAPS)
    yield model_case("op-normalize", lambda x: ops.normalize(x, axis=-1, order=2), _MAPS)
    yield model_case(
        "op-gate", lambda x, y: ops.tanh(x) * ops.sigmoid(y) + 0.5 * x, (2, 9, 4), (2, 9, 4)
    )
