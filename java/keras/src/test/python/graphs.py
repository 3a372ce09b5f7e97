"""Models whose graph, layers or types are out of the ordinary."""

from drawing import keras, np

from sample import Sample

layers = keras.layers
ops = keras.ops


def graphs():
    return [
        Sample(
            "branches",
            branches,
            ["several inputs", "several outputs", "shared layers", "a layer called twice in a row"],
            formats=("keras", "h5"),
        ),
        Sample(
            "nested",
            nested,
            [
                "nested Functional",
                "nested Sequential",
                "a nested model called twice",
                "three levels",
            ],
            formats=("keras", "h5", "weights"),
        ),
        Sample("time_distributed", time_distributed, ["TimeDistributed", "nested model in it"]),
        Sample("operations", operations, ["operation nodes", "GetItem", "Mean", "constants"]),
        Sample("operation_functions", operation_functions, ["operation nodes", "ops.nn"]),
        Sample("operation_shapes", operation_shapes, ["operation nodes", "Split", "Stack", "Tile", "Flip"]),
        Sample("operation_activations", operation_activations, ["operation nodes", "activations"]),
        Sample("layers_as_activations", layers_as_activations, ["PReLU as an activation"]),
        Sample("operation_images", operation_images, ["DepthToSpace", "Normalize", "Roll", "Tile", "Resize"]),
        Sample("operation_unary", operation_unary, ["operation nodes", "Sin", "Erf", "Floor"]),
        Sample(
            "dictionaries",
            dictionaries,
            ["dictionary inputs and outputs", "nested model called with a dictionary"],
            formats=("keras", "h5"),
        ),
        Sample(
            "frozen",
            frozen,
            ["nested model with frozen layers", "frozen nested model", "order of legacy weights"],
            formats=("keras", "h5"),
        ),
        Sample(
            "shared_in_models",
            shared_in_models,
            ["a layer of two nested models and the outer one"],
            wide=False,
            reloads=False,
        ),
        Sample(
            "channels_first", channels_first, ["channels_first", "Concatenate axis 1"], wide=False
        ),
        Sample("layer_mix_2d", layer_mix_2d, ["normalizations", "PReLU", "Resizing", "CenterCrop"]),
        Sample("layer_mix_1d", layer_mix_1d, ["1-D pooling, cropping, padding, upsampling", "Dot"]),
        Sample("half_bfloat16", half("bfloat16"), ["bfloat16 weights", "golden in float32"]),
        Sample("half_float16", half("float16"), ["float16 weights", "golden in float32"]),
        Sample(
            "mixed_float16", half("mixed_float16"), ["mixed_float16 policy", "golden in float32"]
        ),
        Sample("unusual_names", unusual_names, ["layer names with dots, colons, spaces, umlauts"]),
        Sample(
            "passthrough", passthrough, ["an input is an output", "identity layers only between"]
        ),
    ]


def branches():
    left = keras.Input((12, 10, 3), name="left")
    right = keras.Input((12, 10, 3), name="right")
    extra = keras.Input((4,), name="extra")
    tower = layers.Conv2D(6, 3, padding="same", activation="relu", name="tower")
    normal = layers.BatchNormalization(name="normal")
    both = [layers.GlobalAveragePooling2D()(normal(tower(x))) for x in (left, right)]
    maps = layers.Subtract(name="maps")([tower(left), normal(tower(right))])
    joined = layers.Concatenate(name="joined")([*both, extra])
    dense = layers.Dense(16, activation="tanh", name="square")
    joined = dense(dense(joined))
    score = layers.Dense(1, name="score")(joined)
    classes = layers.Dense(5, activation="softmax", name="classes")(joined)
    return keras.Model([left, right, extra], [score, maps, classes], name="branches")


def nested():
    block = keras.Sequential(
        [
            layers.Conv2D(5, 3, padding="same", name="conv"),
            layers.BatchNormalization(name="norm"),
            layers.ReLU(name="relu"),
        ],
        name="block",
    )
    inner_input = keras.Input((9, 9, 5), name="inner_input")
    inner = keras.Model(
        inner_input,
        layers.Add(name="sum")([inner_input, block(inner_input)]),
        name="residual",
    )
    inputs = keras.Input((9, 9, 5), name="outer_input")
    x = inner(inner(inputs))
    x = layers.Conv2D(4, 3, strides=2, name="reduce")(x)
    head = keras.Sequential(
        [keras.Input((4, 4, 4)), layers.Flatten(), layers.Dense(3, name="logits")], name="head"
    )
    return keras.Model(inputs, head(x), name="nested")


def time_distributed():
    inputs = keras.Input((4, 9, 8, 2), name="video")
    x = layers.TimeDistributed(layers.Conv2D(5, 3, activation="relu"), name="frames")(inputs)
    x = layers.TimeDistributed(layers.MaxPooling2D(2), name="pool")(x)
    x = layers.TimeDistributed(layers.BatchNormalization(), name="norm")(x)
    frame = keras.Sequential(
        [keras.Input((3, 3, 5)), layers.Flatten(), layers.Dense(6)], name="frame"
    )
    x = layers.TimeDistributed(frame, name="encode")(x)
    x = layers.TimeDistributed(layers.Dense(4, activation="elu"), name="dense")(x)
    x = layers.Conv1D(3, 2, padding="causal")(x)
    return keras.Model(inputs, x, name="time_distributed")


def operations():
    a = keras.Input((8, 6, 4), name="a")
    b = keras.Input((8, 6, 4), name="b")
    x = layers.Conv2D(4, 3, padding="same")(a)
    x = (x + 1.0) * b - 0.5 * a
    y = x / (2.0 + ops.abs(b)) - 1
    z = (3.0 - y)[:, ::2, 1:-1]
    w = ops.concatenate([z, -z[..., :2]], axis=-1)
    mean = ops.mean(w, axis=(1, 2), keepdims=True)
    scaled = w * ops.sigmoid(mean)
    first = ops.max(scaled, axis=2)
    second = ops.transpose(ops.reshape(x, (-1, 48, 4)), (0, 2, 1))
    third = ops.maximum(a, b) + ops.minimum(a, 0.25) ** 2
    fourth = layers.Conv2D(2, 1)(third)[:, 2, :, 0]
    fifth = ops.sum(ops.square(ops.mean(b, axis=-1)), axis=1)
    return keras.Model([a, b], [first, second, third, fourth, fifth], name="operations")


def operation_functions():
    inputs = keras.Input((10, 8), name="x")
    x = layers.Conv1D(8, 3, padding="same")(inputs)
    x = ops.relu(x) + ops.silu(x) * ops.tanh(x)
    x = ops.gelu(x) - ops.leaky_relu(x, 0.1) + ops.elu(x)
    x = ops.relu6(x) + ops.hard_sigmoid(x) * ops.softplus(x)
    x = ops.pad(x, ((0, 0), (1, 2), (0, 0)))
    pooled = ops.max_pool(x, 2, strides=2, padding="valid")
    mean = ops.expand_dims(ops.mean(pooled, axis=1), 1)
    x = pooled - mean
    weights = ops.softmax(x, axis=1)
    x = ops.sum(x * weights, axis=1)
    left, right = ops.split(x, 2, axis=-1)
    y = ops.stack([left, right], axis=1)
    y = ops.squeeze(ops.expand_dims(y, 3), 3)
    z = ops.exp(ops.clip(y, -2.0, 1.0)) + ops.sqrt(ops.abs(y) + 0.5) + ops.log(ops.square(y) + 1.0)
    product = ops.matmul(ops.transpose(y, (0, 2, 1)), z)
    return keras.Model(inputs, [z, product, left * right], name="operation_functions")


def operation_shapes():
    a = keras.Input((6, 8, 4), name="a")
    x = layers.Conv2D(4, 3, padding="same")(a)
    first, _, third = ops.split(x, [1, 3], axis=-1)
    half = ops.split(x, 2, axis=1)[1]
    y = ops.stack([ops.flip(x, 1), ops.flip(x, (1, 2))], axis=1)[:, 1, None]
    moved = ops.moveaxis(ops.swapaxes(x, 1, 2), 3, 1)
    repeated = ops.repeat(ops.tile(half, (1, 2, 1, 1)), 2, axis=2)
    spread = ops.std(x, axis=1) / (ops.var(x, axis=(1, 2), keepdims=True)[:, 0] + 0.5)
    table = np.linspace(-1, 1, 4 * 5).reshape(4, 5).astype("float32")
    product = ops.matmul(x, table)[..., ::-2]
    padded = ops.pad(third, ((0, 0), (2, 1), (0, 3), (1, 0)), constant_values=0.5)
    added = x + table[:, 0] - np.ones((8, 1), "float32") * 0.25
    pooled = ops.average_pool(x, (2, 3), strides=(1, 2), padding="same")
    outputs = [first, y, moved, repeated, spread, product, padded, added, pooled]
    return keras.Model(a, outputs, name="operation_shapes")


def operation_activations():
    a = keras.Input((5, 6), name="a")
    x = layers.Dense(6)(a)
    functions = (
        *(ops.gelu, ops.selu, ops.celu, ops.hard_silu, ops.hard_tanh, ops.hard_shrink),
        *(ops.soft_shrink, ops.softsign, ops.log_sigmoid, ops.log_softmax, ops.sparse_plus),
        *(ops.squareplus, ops.tanh_shrink, ops.sparse_sigmoid),
    )
    y = ops.concatenate([function(x) for function in functions], axis=-1)
    z = ops.gelu(x, approximate=False) + keras.activations.relu(
        x, negative_slope=0.1, max_value=1.0, threshold=0.2
    )
    positive = ops.abs(x) + 0.25
    w = ops.rsqrt(positive) + ops.reciprocal(positive) + 2**x + positive**1.5
    return keras.Model(a, [y, z, w], name="operation_activations")


def layers_as_activations():
    inputs = keras.Input((9, 7, 3), name="image")
    x = layers.Conv2D(6, 3, activation=layers.PReLU(shared_axes=[1, 2]))(inputs)
    x = layers.DepthwiseConv2D(3, activation=layers.PReLU(shared_axes=[1]))(x)
    x = layers.Conv2D(5, 1, activation=layers.LeakyReLU(negative_slope=0.1))(x)
    x = layers.Activation(layers.PReLU())(x)
    x = layers.Dense(4, activation=layers.ReLU(max_value=2.0, negative_slope=0.25))(x)
    model = keras.Model(inputs, layers.Dense(3, activation=layers.ELU(alpha=0.5))(x))
    model(np.zeros((1, 9, 7, 3), "float32"))  # Only a real call makes the weights of a PReLU.
    return model


def operation_images():
    a = keras.Input((6, 8, 8), name="a")
    x = layers.Conv2D(8, 3, padding="same")(a)
    space = ops.depth_to_space(x, 2)
    depth = ops.space_to_depth(ops.roll(space, (-3, 5), axis=(1, 2)), 2)
    rolled = ops.roll(x, 2, axis=-1) - ops.roll(x, -1, axis=1)
    tiled = ops.tile(x, (1, 2, 3, 1))
    norms = [
        ops.normalize(x),
        ops.normalize(x, axis=(1, 2)),
        ops.normalize(x, axis=1, order=1),
        ops.normalize(x, axis=-1, order=3),
        ops.normalize(x, axis=2, order=4, epsilon=2.0),
    ]
    resized = ops.image.resize(x, (9, 5)) + ops.image.resize(x, (9, 5), interpolation="nearest")
    slices = ops.unstack(x, axis=1)
    outputs = [space, depth, rolled, tiled, *norms, resized, slices[1] - slices[4]]
    return keras.Model(a, outputs, name="operation_images")


def operation_unary():
    a = keras.Input((5, 6), name="a")
    x = layers.Dense(6)(a)
    small = ops.tanh(x) * 0.96875
    above = ops.square(x) + 1.0625
    everywhere = (ops.sin, ops.cos, ops.arctan, ops.arcsinh, ops.expm1, ops.erf, ops.sinh, ops.cosh)
    inside = (ops.arcsin, ops.arccos, ops.arctanh, ops.tan, ops.log1p, ops.exp2, ops.sinc)
    large = (ops.arccosh, ops.log2, ops.log10, ops.cbrt)
    values = [function(x * 0.5) for function in everywhere]
    values += [function(small) for function in inside]
    values += [function(above) for function in large]
    # Whole numbers and halves of them, which no rounding of the network moves.
    steps = (ops.floor, ops.ceil, ops.round, ops.sign, ops.trunc)
    values += [function(a * 4.0) for function in steps]
    values += [ops.deg2rad(x * 60.0), ops.rad2deg(x) / 60.0]
    return keras.Model(a, ops.concatenate(values, axis=-1), name="operation_unary")


def dictionaries():
    def model(name, size):
        x = keras.Input((size,), name="x")
        y = keras.Input((size,), name="y")
        outputs = {"sum": layers.Add()([x, y]), "difference": layers.Subtract()([x, y])}
        return keras.Model({"y": y, "x": x}, outputs, name=name)

    inner = model("inner", 5)
    left = keras.Input((5,), name="b_left")
    right = keras.Input((7,), name="a_right")
    both = inner({"x": left, "y": layers.Dense(5, activation="tanh")(right)})
    again = inner({"y": both["sum"], "x": both["difference"]})
    outputs = {"z": layers.Dense(2)(again["sum"]), "a": [both["difference"], again["difference"]]}
    return keras.Model({"left": left, "right": right}, outputs, name="dictionaries")


def frozen():
    def block(name):
        inputs = keras.Input((6, 6, 4))
        x = layers.Conv2D(4, 3, padding="same", use_bias=False, name=f"{name}_conv")(inputs)
        x = layers.BatchNormalization(name=f"{name}_norm")(x)
        x = layers.Conv2D(4, 3, padding="same", name=f"{name}_conv2")(layers.ReLU()(x))
        x = layers.BatchNormalization(name=f"{name}_norm2")(x)
        return keras.Model(inputs, x, name=name)

    inputs = keras.Input((6, 6, 4), name="image")
    partly, wholly, free = block("partly"), block("wholly"), block("free")
    partly.layers[2].trainable = False
    partly.layers[4].trainable = False
    wholly.trainable = False
    x = free(wholly(partly(inputs)))
    return keras.Model(inputs, layers.GlobalAveragePooling2D()(x), name="frozen")


def shared_in_models():
    shared = layers.Conv2D(3, 3, padding="same", name="shared")
    one = keras.Input((7, 6, 3))
    first = keras.Model(one, layers.ReLU()(shared(one)), name="first")
    two = keras.Input((7, 6, 3))
    second = keras.Model(two, layers.BatchNormalization()(shared(two)), name="second")
    inputs = keras.Input((7, 6, 3), name="image")
    x = second(first(shared(inputs)))
    return keras.Model(inputs, layers.Conv2D(2, 1)(x), name="shared_in_models")


def channels_first():
    inputs = keras.Input((3, 16, 12), name="planes")
    first = {"data_format": "channels_first"}
    x = layers.ZeroPadding2D(((1, 0), (1, 0)), **first)(inputs)
    x = layers.Conv2D(8, 3, strides=2, padding="same", use_bias=False, **first)(x)
    x = layers.BatchNormalization(axis=1)(x)
    x = layers.ReLU()(x)
    y = layers.DepthwiseConv2D(3, padding="same", depth_multiplier=2, **first)(x)
    y = layers.Conv2D(8, 1, **first)(y)
    x = layers.Concatenate(axis=1)([x, y])
    x = layers.MaxPooling2D(2, **first)(x)
    x = layers.PReLU(shared_axes=[2, 3])(x)
    z = layers.Conv2DTranspose(4, 2, strides=2, **first)(x)
    z = layers.Cropping2D(((0, 1), (1, 0)), **first)(z)
    z = layers.UpSampling2D(2, **first)(z)
    mean = layers.GlobalAveragePooling2D(**first)(x)
    flat = layers.Flatten(**first)(layers.AveragePooling2D(2, **first)(x))
    scores = layers.Dense(5)(layers.Concatenate()([mean, flat]))
    return keras.Model(inputs, [z, scores], name="channels_first")


def layer_mix_2d():
    inputs = keras.Input((14, 11, 4), name="image")
    x = layers.Rescaling(0.5, offset=0.1)(inputs)
    x = layers.Normalization(axis=-1, name="normal")(x)
    x = layers.Conv2D(8, 3, activation="mish")(x)
    x = layers.GroupNormalization(4)(x)
    x = layers.PReLU()(x)
    x = layers.Conv2D(8, 3, padding="same", groups=2)(x)
    x = layers.LayerNormalization()(x)
    x = layers.SeparableConv2D(6, 3, padding="same", activation="gelu")(x)
    x = layers.Resizing(10, 13)(x)
    x = layers.CenterCrop(7, 8)(x)
    x = layers.UnitNormalization()(x)
    x = layers.Permute((2, 1, 3))(x)
    x = layers.GaussianNoise(0.2)(layers.GaussianDropout(0.1)(layers.SpatialDropout2D(0.2)(x)))
    x = layers.BatchNormalization(axis=2)(x)
    x = layers.ELU(alpha=0.7)(layers.LeakyReLU(negative_slope=0.15)(x))
    x = layers.ReLU(max_value=1.5, negative_slope=0.1, threshold=0.2)(x)
    x = layers.Softmax(axis=(1, 2))(x)
    x = layers.Flatten()(layers.AveragePooling2D((3, 2), strides=1, padding="same")(x))
    return keras.Model(inputs, layers.Dense(4)(x), name="layer_mix_2d")


def layer_mix_1d():
    inputs = keras.Input((20, 6), name="series")
    x = layers.ZeroPadding1D((2, 1))(inputs)
    x = layers.SeparableConv1D(8, 3, activation="relu")(x)
    x = layers.DepthwiseConv1D(5, padding="same", depth_multiplier=2)(x)
    x = layers.MaxPooling1D(3, strides=2, padding="same")(x)
    x = layers.Cropping1D((1, 2))(x)
    y = layers.AveragePooling1D(2, padding="same")(x)
    y = layers.UpSampling1D(2)(y)
    y = layers.Cropping1D((0, 1))(y) if y.shape[1] != x.shape[1] else y
    x = layers.Average()([x, y])
    x = layers.Maximum()([x, layers.Minimum()([x, y])])
    x = layers.Conv1DTranspose(6, 3, strides=2, padding="same")(x)
    a = layers.GlobalMaxPooling1D()(x)
    b = layers.GlobalAveragePooling1D(keepdims=True)(x)
    repeated = layers.RepeatVector(4)(layers.Dense(3, activation="softsign")(a))
    similar = layers.Dot(axes=(2, 2), normalize=True)(
        [x, layers.Reshape((2, 6))(layers.Dense(12)(a))]
    )
    return keras.Model(inputs, [repeated, similar, b], name="layer_mix_1d")


def half(policy):
    def build():
        kinds = {"dtype": policy}
        inputs = keras.Input((10, 10, 3), name="image")
        x = layers.Conv2D(8, 3, use_bias=False, **kinds)(inputs)
        x = layers.BatchNormalization(**kinds)(x)
        x = layers.Activation("relu", **kinds)(x)
        x = layers.DepthwiseConv2D(3, padding="same", **kinds)(x)
        x = layers.GlobalAveragePooling2D(**kinds)(x)
        return keras.Model(inputs, layers.Dense(5, **kinds)(x), name=f"half_{policy}")

    return build


def unusual_names():
    inputs = keras.Input((8, 8, 3), name="in put:0")
    x = layers.Conv2D(4, 3, name="block 1.conv-größe")(inputs)
    x = layers.BatchNormalization(name="block 1.norm:x")(x)
    inner = keras.Sequential([layers.Conv2D(4, 1, name="conv"), layers.ReLU()], name="conv")
    x = inner(x)
    x = layers.Conv2D(4, 1, name="conv2d")(x)
    x = layers.Conv2D(3, 1, name="Conv2D")(x)
    return keras.Model(inputs, x, name="unusual names")


def passthrough():
    image = keras.Input((5, 4, 2), name="image")
    other = keras.Input((3,), name="other")
    x = layers.Dropout(0.5)(layers.Activation("linear")(image))
    return keras.Model([image, other], [image, x, layers.Dense(2)(other)], name="passthrough")
