"""The golden cases of the layers without a convolution, by group."""

from itertools import product

from golden_network import NetworkCase, keras, layer_case
from golden_layers import ACTIVATIONS  # After golden_network, which chooses the backend.

layers = keras.layers
SHAPES = {1: (2, 11, 3), 2: (2, 9, 7, 3), 3: (2, 5, 6, 7, 2)}
FIRST = {1: (2, 3, 11), 2: (2, 3, 9, 7), 3: (2, 2, 5, 6, 7)}


def pooling():
    for rank, kind, padding in product((1, 2, 3), ("Max", "Average"), ("valid", "same")):
        name, size = f"{kind}Pooling{rank}D", SHAPES[rank]
        for pool, strides in ((2, None), (3, 2), (3, 1), (2, 3)):
            yield layer_case(name, size, pool_size=pool, strides=strides, padding=padding)
        uneven = ((2,), (3, 2), (2, 3, 1))[rank - 1]
        steps = ((1,), (1, 2), (2, 1, 3))[rank - 1]
        yield layer_case(name, size, pool_size=uneven, strides=steps, padding=padding)
        yield layer_case(
            name, FIRST[rank], pool_size=3, strides=2, padding=padding, data_format="channels_first"
        )
        if padding == "same":
            yield layer_case(name, size, pool_size=12, strides=2, padding=padding)
    for rank, kind, keep in product((1, 2, 3), ("Max", "Average"), (False, True)):
        name = f"Global{kind}Pooling{rank}D"
        yield layer_case(name, SHAPES[rank], keepdims=keep)
        yield layer_case(name, FIRST[rank], keepdims=keep, data_format="channels_first")


def shaping():
    yield layer_case("ZeroPadding1D", SHAPES[1], padding=2)
    yield layer_case("ZeroPadding1D", SHAPES[1], padding=(0, 3))
    yield layer_case("ZeroPadding1D", FIRST[1], padding=(1, 3), data_format="channels_first")
    yield layer_case("Cropping1D", SHAPES[1], cropping=2)
    yield layer_case("Cropping1D", SHAPES[1], cropping=(0, 3))
    uneven = {2: ((1, 0), (2, 3)), 3: ((1, 0), (0, 2), (2, 1))}
    for rank, (layer, argument) in product(
        (2, 3), (("ZeroPadding", "padding"), ("Cropping", "cropping"))
    ):
        for value in (1, (1, 2, 0)[:rank], uneven[rank]):
            yield layer_case(f"{layer}{rank}D", SHAPES[rank], **{argument: value})
        yield layer_case(
            f"{layer}{rank}D",
            FIRST[rank],
            **{argument: uneven[rank]},
            data_format="channels_first",
        )
    yield layer_case("UpSampling1D", SHAPES[1], size=3)
    for size, interpolation in product((2, (1, 3)), ("nearest", "bilinear", "bicubic")):
        yield layer_case("UpSampling2D", SHAPES[2], size=size, interpolation=interpolation)
    for interpolation in ("nearest", "bilinear"):
        yield layer_case(
            "UpSampling2D",
            FIRST[2],
            size=(3, 2),
            interpolation=interpolation,
            data_format="channels_first",
        )
    yield layer_case("UpSampling3D", SHAPES[3], size=2)
    yield layer_case("UpSampling3D", SHAPES[3], size=(1, 2, 3))
    yield layer_case("UpSampling3D", FIRST[3], size=(2, 1, 1), data_format="channels_first")
    for shape in ((2, 5), (2, 3, 4), (2, 3, 4, 5), (2, 2, 3, 2, 2)):
        yield layer_case("Flatten", shape)
    yield layer_case("Flatten", (2, 3, 4, 5), data_format="channels_first")
    yield layer_case("Flatten", (2, 3, 4), data_format="channels_first")
    for target in ((12, 5), (-1,), (3, -1), (-1, 2, 2), (5, 4, 3), (1, 60), (60, 1, 1)):
        yield layer_case("Reshape", (2, 3, 4, 5), target_shape=target)
    for dims in ((1, 2, 3), (2, 1, 3), (3, 1, 2), (3, 2, 1), (1, 3, 2)):
        yield layer_case("Permute", (2, 3, 4, 5), dims=dims)
    yield layer_case("Permute", (2, 3, 4), dims=(2, 1))
    yield layer_case("RepeatVector", (2, 5), n=4)
    yield layer_case("RepeatVector", (2, 5), n=1)
    yield from _dense()
    yield from _time_distributed()


def _dense():
    for shape in ((2, 5), (2, 3, 5), (2, 3, 4, 5), (2, 2, 3, 2, 5)):
        yield layer_case("Dense", shape, units=4)
    yield layer_case("Dense", (3, 1), units=1)
    yield layer_case("Dense", (2, 6), units=3, use_bias=False)
    for activation in ("relu", "softmax", "gelu", "tanh"):
        yield layer_case("Dense", (2, 3, 6), units=5, activation=activation)


def _time_distributed():
    inner = {
        "dense": (lambda dtype: layers.Dense(4, dtype=dtype, name="inner"), (2, 3, 5)),
        "dense-of-maps": (lambda dtype: layers.Dense(4, dtype=dtype, name="inner"), (2, 3, 4, 5)),
        "conv1d": (lambda dtype: layers.Conv1D(4, 3, dtype=dtype, name="inner"), (2, 3, 8, 2)),
        "conv2d": (
            lambda dtype: layers.Conv2D(
                3, 3, strides=2, padding="same", activation="relu", dtype=dtype, name="inner"
            ),
            (2, 3, 6, 7, 2),
        ),
        "depthwise": (
            lambda dtype: layers.DepthwiseConv2D(2, dtype=dtype, name="inner"),
            (2, 3, 4, 5, 2),
        ),
        "pooling": (
            lambda dtype: layers.MaxPooling2D(2, dtype=dtype, name="inner"),
            (2, 3, 4, 6, 2),
        ),
        "global": (
            lambda dtype: layers.GlobalAveragePooling2D(dtype=dtype, name="inner"),
            (2, 3, 4, 6, 2),
        ),
        "flatten": (lambda dtype: layers.Flatten(dtype=dtype, name="inner"), (2, 3, 4, 2)),
        "norm": (
            lambda dtype: layers.BatchNormalization(dtype=dtype, name="inner"),
            (2, 3, 4, 2),
        ),
        "softmax": (lambda dtype: layers.Softmax(dtype=dtype, name="inner"), (2, 3, 4, 2)),
    }
    for name, (make, shape) in inner.items():
        yield NetworkCase(
            f"timedistributed-{name}",
            lambda dtype, make=make: layers.TimeDistributed(make(dtype), dtype=dtype, name="layer"),
            [shape],
        )


def normalizations():
    batch = "BatchNormalization"
    for shape in ((4, 5), (2, 3, 5), (2, 3, 4, 5), (2, 2, 3, 2, 5)):
        yield layer_case(batch, shape)
    for axis in (1, 2, -2):
        yield layer_case(batch, (2, 3, 4, 5), axis=axis)
    for scale, center in ((True, False), (False, True), (False, False)):
        yield layer_case(batch, (2, 4, 5), scale=scale, center=center)
    yield layer_case(batch, (2, 4, 5), epsilon=0.1)
    layer = "LayerNormalization"
    for shape, axis in product([(2, 5, 6)], (-1, 1, [1, 2], (-2, -1))):
        yield layer_case(layer, shape, axis=axis)
    for axis in (-1, 1, [2, 3], [1, 2, 3], [1, 3]):
        yield layer_case(layer, (2, 3, 4, 5), axis=axis)
    for scale, center in ((True, False), (False, True), (False, False)):
        yield layer_case(layer, (2, 4, 6), scale=scale, center=center)
    yield layer_case(layer, (2, 4, 6), epsilon=0.1)
    yield layer_case(layer, (4, 6))
    yield layer_case("RMSNormalization", (2, 4, 6))
    yield layer_case("RMSNormalization", (2, 4, 6), epsilon=0.01)
    group = "GroupNormalization"
    for groups in (1, 2, 3, 6, -1):
        yield layer_case(group, (2, 4, 3, 6), groups=groups)
    for groups, axis in ((3, 1), (2, 2), (-1, 1)):
        yield layer_case(group, (2, 6, 4, 3), groups=groups, axis=axis)
    yield layer_case(group, (2, 7, 6), groups=2)
    yield layer_case(group, (3, 6), groups=2)
    yield layer_case(group, (2, 2, 3, 2, 4), groups=2, scale=False)
    yield layer_case(group, (2, 4, 4), groups=4, center=False, epsilon=0.1)
    for axis in (-1, 1, [1, 2], (1, 2, 3)):
        yield layer_case("UnitNormalization", (2, 3, 4, 5), axis=axis)
    yield layer_case("UnitNormalization", (3, 5))


def activations():
    for activation in ACTIVATIONS:
        yield layer_case("Activation", (2, 3, 4, 6), activation=activation)
    yield layer_case("Activation", (2, 6), activation="softmax")
    relu = [
        {},
        {"max_value": 1.25},
        {"negative_slope": 0.25},
        {"threshold": 0.5},
        {"max_value": 1.5, "negative_slope": 0.125, "threshold": 0.25},
        {"max_value": 0.0, "negative_slope": 0.5},
        {"negative_slope": 0.5, "threshold": 1.0},
    ]
    for arguments in relu:
        yield layer_case("ReLU", (2, 5, 6), **arguments)
    for slope in (0.3, 0.0, 1.0, 0.01):
        yield layer_case("LeakyReLU", (2, 5, 6), negative_slope=slope)
    for alpha in (1.0, 0.5, 0.0, 2.0):
        yield layer_case("ELU", (2, 5, 6), alpha=alpha)
    yield layer_case("PReLU", (2, 7))
    for shared in (None, [1], [2], [1, 2], [1, 2, 3]):
        yield layer_case("PReLU", (2, 4, 5, 3), shared_axes=shared)
    yield layer_case("PReLU", (2, 5, 3), shared_axes=[1])
    yield layer_case("PReLU", (2, 2, 3, 2, 3), shared_axes=[1, 2, 3])
    for axis in (-1, 1, 2, (1, 2), [2, 3], (1, 2, 3), [-1, 1]):
        yield layer_case("Softmax", (2, 3, 4, 5), axis=axis)
    yield layer_case("Softmax", (2, 9))


def identities():
    shape = (2, 4, 5)
    yield layer_case("Dropout", shape, rate=0.5)
    yield layer_case("Dropout", shape, rate=0.3, noise_shape=(2, 1, 5), seed=3)
    yield layer_case("SpatialDropout1D", shape, rate=0.5)
    yield layer_case("SpatialDropout2D", (2, 3, 4, 5), rate=0.5)
    yield layer_case("SpatialDropout2D", (2, 3, 4, 5), rate=0.5, data_format="channels_first")
    yield layer_case("SpatialDropout3D", (2, 2, 3, 2, 3), rate=0.5)
    yield layer_case("AlphaDropout", shape, rate=0.5)
    yield layer_case("GaussianDropout", shape, rate=0.5)
    yield layer_case("GaussianNoise", shape, stddev=0.5)
    yield layer_case("ActivityRegularization", shape, l1=0.1)
    yield layer_case("Identity", shape)


def merging():
    same = [(2, 3, 4, 5)] * 2
    broadcast = [
        [(2, 3, 4, 5), (2, 1, 1, 5)],
        [(2, 1, 1, 5), (2, 3, 4, 5)],
        [(2, 3, 4, 5), (2, 3, 4, 1)],
        [(2, 3, 1, 5), (2, 1, 4, 5)],
        [(2, 3, 4, 5), (2, 1, 1, 1)],
        [(2, 3, 4, 5), (2, 4, 5)],
        [(2, 5), (2, 3, 5)],
    ]
    for kind in ("Add", "Subtract", "Multiply", "Average", "Maximum", "Minimum"):
        yield layer_case(kind, same)
        yield layer_case(kind, [(3, 7)] * 2)
        for shapes in broadcast:
            yield layer_case(kind, shapes)
        if kind != "Subtract":
            yield layer_case(kind, [(2, 3, 4)] * 3)
            yield layer_case(kind, [(2, 3, 4), (2, 1, 4), (2, 3, 1), (2, 3, 4)])
    for shapes, axis in [
        ([(2, 3, 4, 5), (2, 3, 4, 2)], -1),
        ([(2, 3, 4, 5), (2, 1, 4, 5)], 1),
        ([(2, 3, 4, 5), (2, 3, 6, 5)], 2),
        ([(2, 3), (2, 1), (2, 4)], -1),
        ([(2, 3, 4), (2, 5, 4)], -2),
        ([(2, 4, 3), (2, 4, 1), (2, 4, 2), (2, 4, 8)], 2),
        ([(2, 3, 4), (4, 3, 4)], 0),
    ]:
        yield layer_case("Concatenate", shapes, axis=axis)
    for normalize in (False, True):
        for shapes, axes in [
            ([(2, 5), (2, 5)], 1),
            ([(2, 5), (2, 5)], -1),
            ([(2, 3, 5), (2, 4, 5)], 2),
            ([(2, 3, 5), (2, 4, 5)], -1),
            ([(2, 5, 3), (2, 4, 5)], (1, 2)),
            ([(2, 3, 5), (2, 5)], (2, 1)),
            ([(2, 5), (2, 5, 3)], 1),
            ([(2, 3, 4, 5), (2, 6, 5)], (3, 2)),
        ]:
            yield layer_case("Dot", shapes, axes=axes, normalize=normalize)


def preprocessing():
    yield layer_case("Rescaling", (2, 4, 5, 3), scale=0.125)
    yield layer_case("Rescaling", (2, 4, 5, 3), scale=1 / 127.5, offset=-1)
    yield layer_case("Rescaling", (2, 4, 3), scale=[0.5, 2.0, -1.5], offset=[0.25, 0.0, 1.0])
    mean, variance = [0.5, -0.25, 1.0], [4.0, 0.25, 1.5]
    for invert in (False, True):
        yield layer_case(
            "Normalization", (2, 4, 5, 3), mean=mean, variance=variance, axis=-1, invert=invert
        )
        yield layer_case(
            "Normalization", (2, 3, 4), mean=mean, variance=variance, axis=1, invert=invert
        )
        yield layer_case("Normalization", (2, 6), mean=0.5, variance=2.25, axis=None, invert=invert)
    for shape, axis in [((4, 5, 3), -1), ((4, 5, 3), 1), ((4, 5, 3), None), ((4, 2, 3), (1, 2))]:
        case = layer_case("Normalization", shape, label="adapted", axis=axis)
        case.adapt = True
        yield case
    kinds = ("bilinear", "nearest", "bicubic", "lanczos3", "lanczos5")
    for (height, width), kind in product(((14, 5), (9, 12), (3, 3)), kinds):
        yield layer_case("Resizing", SHAPES[2], height=height, width=width, interpolation=kind)
    for crop, pad in ((True, False), (False, True)):
        for height, width in ((12, 12), (4, 6), (10, 5)):
            yield layer_case(
                "Resizing",
                SHAPES[2],
                height=height,
                width=width,
                crop_to_aspect_ratio=crop,
                pad_to_aspect_ratio=pad,
            )
    yield layer_case(
        "Resizing", SHAPES[2], height=12, width=12, pad_to_aspect_ratio=True, fill_value=0.5
    )
    yield layer_case("Resizing", SHAPES[2], height=4, width=4, antialias=True)
    yield layer_case("Resizing", FIRST[2], height=12, width=5, data_format="channels_first")
    for height, width in ((5, 4), (4, 5), (9, 7), (8, 3), (1, 1), (12, 5), (11, 11)):
        yield layer_case("CenterCrop", SHAPES[2], height=height, width=width)
    yield layer_case("CenterCrop", FIRST[2], height=4, width=5, data_format="channels_first")
