"""The golden cases of attention layers, and of what they are made of."""

from itertools import product

from golden_network import NetworkCase, keras, layer_case

layers = keras.layers
QUERY, VALUE, KEY = (2, 5, 6), (2, 7, 4), (2, 7, 3)


def attention():
    yield from _heads()
    yield from _scores()
    yield from _einsums()
    yield from _spectral()
    for shape in ((3,), (2, 5), (2, 3, 4)):
        yield layer_case("Embedding", shape, input_dim=7, output_dim=3)
    yield layer_case("Embedding", (2, 9), input_dim=2, output_dim=1)


def _heads():
    for value, bias, output in product((None, 5), (True, False), (None, 8)):
        arguments = {"num_heads": 3, "key_dim": 4, "value_dim": value, "use_bias": bias}

        def make(dtype, arguments=arguments, output=output):
            return layers.MultiHeadAttention(
                **arguments, output_shape=output, name="layer", dtype=dtype
            )

        name = f"multiheadattention-{value}-{bias}-{output}".lower()
        yield NetworkCase(f"{name}-two", make, [QUERY, VALUE], spread=True)
        yield NetworkCase(f"{name}-three", make, [QUERY, VALUE, KEY], spread=True)
    for heads, shape in ((1, (1, 4, 3)), (8, (2, 3, 16)), (2, (2, 1, 4))):
        yield NetworkCase(
            f"multiheadattention-of-{heads}",
            lambda dtype, heads=heads: layers.MultiHeadAttention(
                heads, 2, dropout=0.1, output_shape=(5,), name="layer", dtype=dtype
            ),
            [shape, shape, shape],
            spread=True,
        )


def _scores():
    for mode, scale in product(("dot", "concat"), (False, True)):
        for shapes in ([QUERY, (2, 7, 6)], [QUERY, VALUE, (2, 7, 6)]):
            yield layer_case("Attention", shapes, score_mode=mode, use_scale=scale)
    for scale in (False, True):
        for shapes in ([QUERY, (2, 7, 6)], [QUERY, VALUE, (2, 7, 6)]):
            yield layer_case("AdditiveAttention", shapes, use_scale=scale)


def _einsums():
    for equation, shape, output, bias in (
        ("ab,bc->ac", (3, 4), 5, None),
        ("ab,bc->ac", (3, 4), 5, "c"),
        ("abc,cd->abd", (2, 3, 4), (None, 5), "d"),
        ("abc,cde->abde", (2, 3, 4), (None, 2, 5), "de"),
        ("abc,cde->abde", (2, 3, 4), (3, 2, 5), "e"),
        ("abc,cde->abde", (2, 3, 4), (None, 2, 5), "d"),
        ("abcd,cde->abe", (2, 3, 4, 5), (None, 6), "e"),
        ("abc,bd->adc", (2, 3, 4), (5, None), "d"),
        ("abc,bd->acd", (2, 3, 4), (4, 5), "cd"),
        ("abc,dc->abd", (2, 3, 4), (None, 5), None),
        ("abcd,edc->abe", (2, 3, 4, 5), (None, 6), "e"),
        ("abc,dce->aebd", (2, 3, 4), (5, 3, 2), "eb"),
        ("...x,xy->...y", (2, 3, 4), 5, "y"),
        ("...x,xy->...y", (2, 3, 2, 4), 5, None),
    ):
        for activation in (None, "relu", "softmax"):
            yield layer_case(
                "EinsumDense",
                shape,
                equation=equation,
                output_shape=output,
                bias_axes=bias,
                activation=activation,
            )


def _spectral():
    inner = {
        "conv1d": (lambda dtype: layers.Conv1D(3, 2, dtype=dtype), (2, 7, 4)),
        "conv2d": (lambda dtype: layers.Conv2D(3, 2, use_bias=False, dtype=dtype), (2, 5, 6, 4)),
        "dense": (lambda dtype: layers.Dense(3, activation="relu", dtype=dtype), (3, 5)),
        "transpose": (lambda dtype: layers.Conv2DTranspose(3, 2, dtype=dtype), (2, 5, 6, 4)),
    }
    for name, (make, shape) in inner.items():
        yield NetworkCase(
            f"spectralnormalization-{name}",
            lambda dtype, make=make: layers.SpectralNormalization(
                make(dtype), name="layer", dtype=dtype
            ),
            [shape],
        )
