"""The golden cases of the ten convolution layers."""

from itertools import product

from golden_case import Case, RANKS

ACTIVATIONS = (
    "celu elu exponential gelu hard_shrink hard_sigmoid hard_silu hard_swish hard_tanh leaky_relu "
    "linear log_sigmoid mish relu relu6 selu sigmoid silu soft_shrink softplus softsign "
    "sparse_plus sparse_sigmoid squareplus swish tanh tanh_shrink softmax log_softmax"
).split()

# (strides, dilation_rate): Keras refuses both above 1 at once, except in depthwise and separable.
STEPS = {
    1: [(1, 1), (2, 1), (3, 1), (1, 2), (1, 3)],
    2: [(1, 1), (2, 1), ((2, 1), 1), ((1, 3), 1), (1, 2), (1, (1, 2)), (1, (3, 2))],
    3: [(1, 1), (2, 1), ((1, 2, 1), 1), (1, 2), (1, (1, 2, 1))],
}
BOTH_STEPS = {1: [(2, 2), (3, 2)], 2: [(2, 2), ((1, 2), (2, 1))]}
KERNELS = {1: [2, 3, 5], 2: [3, (2, 3), (4, 1)], 3: [2, (1, 2, 3)]}
SIZES = {1: (13,), 2: (10, 6), 3: (4, 4, 5)}


def all_cases():
    """Returns the cases of one class after the other, without duplicates."""
    for kind in RANKS:
        seen = set()
        for case in _cases(kind):
            if case.id not in seen:
                seen.add(case.id)
                yield case


def _cases(kind):
    yield from _grid(kind)
    yield from _edges(kind)
    yield from _channel_counts(kind)
    yield from _channels_first(kind)
    yield from _no_bias_and_float64(kind)
    yield from _activations(kind)


def _is_transposed(kind):
    return kind.endswith("Transpose")


def _depthwise_step(kind):
    return kind.startswith(("Depthwise", "Separable"))


def _paddings(kind):
    return ("valid", "same", "causal") if kind == "Conv1D" else ("valid", "same")


def _layer(kind, size, channels, filters=None, *, dtype="float32", batch=2, **arguments):
    if not kind.startswith("Depthwise"):
        arguments = {"filters": filters or 3, **arguments}
    size = (size,) * RANKS[kind] if isinstance(size, int) else size
    return Case(kind, size, channels, arguments, dtype, batch)


def _grid(kind):
    """Every padding with every stride, dilation and output padding."""
    if _is_transposed(kind):
        yield from _transposed_grid(kind)
        return
    rank = RANKS[kind]
    steps = STEPS[rank] + (BOTH_STEPS[rank] if _depthwise_step(kind) else [])
    channels = 1 if rank == 3 else 2
    for number, (padding, kernel, (stride, dilation)) in enumerate(
        product(_paddings(kind), KERNELS[rank], steps)
    ):
        if _depthwise_step(kind) and (kernel == KERNELS[rank][2] or stride == 3 and dilation == 1):
            continue
        more = {"depth_multiplier": number % 3 + 1} if _depthwise_step(kind) else {}
        yield _layer(
            kind, SIZES[rank], channels, 2, kernel_size=kernel, strides=stride,
            dilation_rate=dilation, padding=padding, batch=2 if rank == 1 else 1, **more,
        )


def _transposed_grid(kind):
    rank = RANKS[kind]
    size, kernels, strides, dilations = {
        1: ((5,), [1, 3, 4], [1, 2, 3], [2]),
        2: ((3, 5), [3, (2, 5)], [1, 2, (3, 1)], [2, (1, 3)]),
        3: ((2, 3, 2), [(2, 3, 1)], [1, 2, (1, 2, 3)], [2, (3, 1, 2)]),
    }[rank]
    for padding, kernel in product(("valid", "same"), kernels):
        for stride in strides:
            output_paddings = _legal_output_paddings(stride, rank)
            if rank == 2 and kernel != 3 or rank == 3 and stride != 2:
                output_paddings = [None, output_paddings[-1]]
            for output_padding in output_paddings:
                yield _layer(
                    kind, size, 2, 2, kernel_size=kernel, strides=stride, padding=padding,
                    output_padding=output_padding,
                )
        for dilation, output_padding in product(dilations, (None, 0) if rank == 1 else (None,)):
            yield _layer(
                kind, size, 2, 2, kernel_size=kernel, dilation_rate=dilation, padding=padding,
                output_padding=output_padding,
            )


def _legal_output_paddings(stride, rank):
    """None, and every value below the stride: single numbers in 1-D, else tuples."""
    if rank == 1:
        return [None, *range(stride)]
    strides = (stride,) * rank if isinstance(stride, int) else stride
    return [None, *product(*map(range, strides))]


def _edges(kind):
    """Windows that outgrow their input or leave gaps, and dimensions of one."""
    rank = RANKS[kind]
    yield _layer(kind, 7 if rank < 3 else 4, 2, kernel_size=2, strides=3)
    yield _layer(kind, 7 if rank < 3 else 4, 2, kernel_size=1, strides=4, padding="same")
    yield _layer(kind, 3 if rank < 3 else 2, 2, kernel_size=5 if rank < 3 else 3, padding="same")
    yield _layer(kind, 2, 2, kernel_size=3, padding="same", dilation_rate=3)
    yield _layer(kind, 1, 3, kernel_size=3, padding="same")
    yield _layer(kind, 1, 3, kernel_size=4 if rank < 3 else 2, strides=2, padding="same")
    yield _layer(kind, 4, 2, kernel_size=4, batch=1)
    yield _layer(kind, 6 if rank < 3 else 3, 2, kernel_size=3, batch=5, padding="same")
    if kind == "Conv1D":
        yield _layer(kind, 3, 2, kernel_size=7, padding="causal")
        yield _layer(kind, 4, 2, kernel_size=3, dilation_rate=4, padding="causal")
        yield _layer(kind, 1, 2, kernel_size=3, padding="causal")
        yield _layer(kind, 9, 2, kernel_size=2, strides=5, padding="causal")
    if rank > 1:
        line = (1,) * (rank - 1) + (7,)
        yield _layer(kind, line, 2, kernel_size=3, strides=2, padding="same")
        yield _layer(kind, line, 2, kernel_size=(1,) * (rank - 1) + (3,), strides=2)
        yield _layer(kind, line[::-1], 2, kernel_size=3, padding="same")


def _channel_counts(kind):
    """One, few, odd and many channels; groups; depth multipliers."""
    rank = RANKS[kind]
    size = {1: 6, 2: (3, 4), 3: (2, 3, 2)}[rank]
    kernel = {1: 3, 2: (3, 2), 3: 2}[rank]
    counts = [(1, 1), (17, 5), (16, 32)]
    if rank == 3:
        counts[-1] = (16, 16)
    for channels, filters in counts:
        yield _layer(kind, size, channels, filters, kernel_size=kernel, padding="same", batch=1)
    if _depthwise_step(kind):
        for multiplier, channels in [(2, 1), (3, 3), (2, 17)]:
            yield _layer(
                kind, size, channels, 4, kernel_size=kernel, depth_multiplier=multiplier, batch=1
            )
    elif not _is_transposed(kind):
        for channels, filters, groups in [
            (4, 4, 2), (6, 9, 3), (4, 4, 4), (4, 12, 4), (17, 17, 17),
        ]:
            yield _layer(
                kind, size, channels, filters, kernel_size=kernel, groups=groups, batch=1,
                padding="same",
            )
        for padding in _paddings(kind):
            yield _layer(
                kind, 7 if rank < 3 else 4, 4, 6, kernel_size=2, groups=2, strides=2,
                padding=padding,
            )
            yield _layer(
                kind, 7 if rank < 3 else 4, 4, 6, kernel_size=2, groups=2, dilation_rate=2,
                padding=padding,
            )


def _channels_first(kind):
    rank = RANKS[kind]
    first = {"data_format": "channels_first"}
    size = {1: (8,), 2: (4, 5), 3: (3, 3, 4)}[rank]
    for padding in _paddings(kind):
        yield _layer(kind, size, 3, 4, kernel_size=3, padding=padding, **first)
        yield _layer(kind, size, 3, 4, kernel_size=2, strides=2, padding=padding, **first)
        yield _layer(kind, size, 2, 5, kernel_size=2, dilation_rate=2, padding=padding, **first)
    yield _layer(kind, size, 3, 4, kernel_size=3, padding="same", activation="softmax", **first)
    yield _layer(kind, size, 3, 4, kernel_size=3, padding="same", activation="tanh", **first)
    yield _layer(kind, size, 3, 4, kernel_size=2, use_bias=False, dtype="float64", **first)
    if _depthwise_step(kind):
        yield _layer(kind, size, 3, 4, kernel_size=2, depth_multiplier=2, **first)
    elif _is_transposed(kind):
        for padding in _paddings(kind):
            yield _layer(
                kind, size, 2, 3, kernel_size=3, strides=2, output_padding=1, padding=padding,
                **first,
            )
    else:
        yield _layer(kind, size, 4, 6, kernel_size=2, groups=2, **first)
        yield _layer(kind, size, 4, 4, kernel_size=2, groups=4, padding="same", **first)


def _no_bias_and_float64(kind):
    rank = RANKS[kind]
    size = {1: (9,), 2: (5, 4), 3: (3, 3, 4)}[rank]
    yield _layer(kind, size, 3, 4, kernel_size=3, use_bias=False)
    for padding in _paddings(kind):
        for more in ({}, {"strides": 2}):
            yield _layer(
                kind, size, 2, 3, kernel_size=2, padding=padding, dtype="float64", **more
            )
    yield _layer(kind, size, 17, 5, kernel_size=2, dtype="float64", batch=1)
    if _is_transposed(kind):
        yield _layer(
            kind, size, 2, 3, kernel_size=2, strides=2, output_padding=1, padding="same",
            dtype="float64",
        )
    elif not _depthwise_step(kind):
        yield _layer(kind, size, 4, 6, kernel_size=2, groups=2, dtype="float64")


def _activations(kind):
    """All of them in float32 (Conv1D) and in float64 (Conv2D); a few on every other class."""
    rank = RANKS[kind]
    size = {1: (16,), 2: (4, 5), 3: (2, 4, 3)}[rank]
    whole = {"Conv1D": "float32", "Conv2D": "float64"}
    if kind in whole:
        chosen = [(name, whole[kind]) for name in ACTIVATIONS]
    else:
        start = 2 * list(RANKS).index(kind)
        chosen = [(ACTIVATIONS[start], "float32"), ("softmax", "float32"), ("gelu", "float64")]
    for name, dtype in chosen:
        yield _layer(
            kind, size, 3, 4, kernel_size=3, padding="same", activation=name, dtype=dtype
        )
