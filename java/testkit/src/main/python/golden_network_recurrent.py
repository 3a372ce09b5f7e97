"""The golden cases of recurrent layers."""

from itertools import product

from golden_network import NetworkCase, keras, layer_case

layers = keras.layers
SEQUENCE = (3, 5, 4)
KINDS = {"SimpleRNN": 1, "LSTM": 2, "GRU": 1}


def recurrent():
    for kind in KINDS:
        yield from _arguments(kind)
        yield from _bidirectional(kind)
        yield from _initial_states(kind)
        yield from _wrapped(kind)
    yield from _stacks()
    yield from _convolutional()


def _arguments(kind):
    for every, state, back in product((False, True), repeat=3):
        yield layer_case(
            kind,
            SEQUENCE,
            units=6,
            return_sequences=every,
            return_state=state,
            go_backwards=back,
        )
    for shape in ((3, 1, 1), (2, 1, 3), (1, 7, 2), (4, 3, 17)):
        yield layer_case(kind, shape, units=1 if shape[0] != 2 else 9, return_sequences=True)
    yield layer_case(kind, SEQUENCE, units=5, use_bias=False, return_sequences=True)
    yield layer_case(kind, SEQUENCE, units=16, unroll=True)
    for activation in ("relu", "sigmoid", "linear", "softsign", "hard_sigmoid", "elu"):
        yield layer_case(kind, SEQUENCE, units=4, activation=activation, return_sequences=True)
    if kind != "SimpleRNN":
        for activation in ("hard_sigmoid", "tanh", "relu", "linear"):
            yield layer_case(
                kind, SEQUENCE, units=4, recurrent_activation=activation, return_sequences=True
            )
    if kind == "GRU":
        for every, bias, back in product((False, True), repeat=3):
            yield layer_case(
                kind,
                SEQUENCE,
                units=7,
                reset_after=False,
                return_sequences=every,
                use_bias=bias,
                go_backwards=back,
            )
        yield layer_case(kind, SEQUENCE, units=7, use_bias=False, go_backwards=True)


def _bidirectional(kind):
    def case(label, make, shape=SEQUENCE):
        return NetworkCase(f"bidirectional-{kind.lower()}-{label}", make, [shape])

    for mode, every in product(("concat", "sum", "mul", "ave", None), (False, True)):
        yield case(
            f"{mode}-sequences-{every}".lower(),
            lambda dtype, mode=mode, every=every: layers.Bidirectional(
                _layer(kind, 5, dtype, return_sequences=every),
                merge_mode=mode,
                name="layer",
                dtype=dtype,
            ),
        )
    for mode, every in product(("concat", None), (False, True)):
        yield case(
            f"{mode}-sequences-{every}-states".lower(),
            lambda dtype, mode=mode, every=every: layers.Bidirectional(
                _layer(kind, 5, dtype, return_sequences=every, return_state=True),
                merge_mode=mode,
                name="layer",
                dtype=dtype,
            ),
        )
    for every in (False, True):
        yield case(
            f"backwards-first-sequences-{every}".lower(),
            lambda dtype, every=every: layers.Bidirectional(
                _layer(kind, 5, dtype, return_sequences=every, go_backwards=True),
                backward_layer=_layer(kind, 5, dtype, return_sequences=every),
                name="layer",
                dtype=dtype,
            ),
        )
    yield case(
        "other-backward-layer",
        lambda dtype: layers.Bidirectional(
            _layer(kind, 3, dtype, return_sequences=True),
            backward_layer=_layer(kind, 6, dtype, return_sequences=True, go_backwards=True),
            name="layer",
            dtype=dtype,
        ),
    )


def _initial_states(kind):
    for every, state, back in product((False, True), repeat=3):

        def make(dtype, every=every, state=state, back=back):
            return _layer(
                kind,
                6,
                dtype,
                name="layer",
                return_sequences=every,
                return_state=state,
                go_backwards=back,
            )

        yield NetworkCase(
            f"{kind.lower()}-initial-state-{every}-{state}-{back}".lower(),
            make,
            [SEQUENCE] + [(3, 6)] * KINDS[kind],
            keyword="initial_state",
        )
    yield NetworkCase(
        f"bidirectional-{kind.lower()}-initial-state",
        lambda dtype: layers.Bidirectional(
            _layer(kind, 6, dtype, return_sequences=True, return_state=True),
            name="layer",
            dtype=dtype,
        ),
        [SEQUENCE] + [(3, 6)] * 2 * KINDS[kind],
        keyword="initial_state",
    )


def _wrapped(kind):
    for every in (False, True):
        yield NetworkCase(
            f"timedistributed-{kind.lower()}-{every}".lower(),
            lambda dtype, every=every: layers.TimeDistributed(
                _layer(kind, 3, dtype, return_sequences=every), name="layer", dtype=dtype
            ),
            [(2, 3, 5, 4)],
        )
    yield NetworkCase(
        f"timedistributed-bidirectional-{kind.lower()}",
        lambda dtype: layers.TimeDistributed(
            layers.Bidirectional(_layer(kind, 3, dtype), dtype=dtype), name="layer", dtype=dtype
        ),
        [(2, 3, 5, 4)],
    )


FRAMES = {1: (2, 3, 7, 2), 2: (2, 3, 5, 6, 2), 3: (1, 2, 4, 3, 4, 2)}


def _convolutional():
    for rank, shape in FRAMES.items():
        kind = f"ConvLSTM{rank}D"

        def case(kind=kind, shape=shape, **arguments):
            return layer_case(kind, shape, **{"filters": 3, "kernel_size": 3, **arguments})

        for every, back in product((False, True), repeat=2):
            yield case(return_sequences=every, go_backwards=back, padding="same")
        yield case(return_state=True, kernel_size=2)
        yield case(return_sequences=True, return_state=True, use_bias=False)
        yield case(return_sequences=True, padding="same", kernel_size=2)
        yield case(return_sequences=True, strides=2, padding="same")
        yield case(return_sequences=True, dilation_rate=2, kernel_size=2)
        yield case(return_sequences=True, activation="relu", recurrent_activation="hard_sigmoid")
        yield case(shape=(2, 1, *shape[2:]), return_sequences=True, padding="same")
        yield NetworkCase(
            f"{kind.lower()}-channels-first",
            lambda dtype, kind=kind: getattr(layers, kind)(
                3,
                3,
                data_format="channels_first",
                return_sequences=True,
                return_state=True,
                name="layer",
                dtype=dtype,
            ),
            [(*shape[:2], shape[-1], *shape[2:-1])],
            wide=False,
        )
        yield NetworkCase(
            f"{kind.lower()}-initial-state",
            lambda dtype, kind=kind: getattr(layers, kind)(
                3, 3, padding="same", return_sequences=True, name="layer", dtype=dtype
            ),
            [shape] + [(shape[0], *shape[2:-1], 3)] * 2,
            keyword="initial_state",
        )
    yield layer_case(
        "ConvLSTM2D", FRAMES[2], filters=2, kernel_size=(1, 3), strides=(1, 2), return_state=True
    )


def _layer(kind, units, dtype, name=None, **arguments):
    name = name or ("b" if arguments.get("go_backwards") else "f")
    return getattr(layers, kind)(units, name=name, dtype=dtype, **arguments)


def _stacks():
    def cell(kind, units, dtype, **arguments):
        return getattr(layers, f"{kind}Cell")(units, dtype=dtype, **arguments)

    def rnn(cells, dtype, **arguments):
        return layers.RNN(cells, name="layer", dtype=dtype, **arguments)

    for kind, every, state in product(KINDS, (False, True), (False, True)):
        yield NetworkCase(
            f"rnn-{kind.lower()}-{every}-{state}".lower(),
            lambda dtype, kind=kind, every=every, state=state: rnn(
                cell(kind, 5, dtype), dtype, return_sequences=every, return_state=state
            ),
            [SEQUENCE],
        )
    for every, back in product((False, True), repeat=2):
        yield NetworkCase(
            f"rnn-stack-{every}-{back}".lower(),
            lambda dtype, every=every, back=back: rnn(
                [
                    cell("LSTM", 5, dtype),
                    cell("GRU", 4, dtype),
                    cell("SimpleRNN", 6, dtype, use_bias=False),
                    cell("LSTM", 3, dtype),
                ],
                dtype,
                return_sequences=every,
                go_backwards=back,
            ),
            [SEQUENCE],
        )
    yield NetworkCase(
        "rnn-stack-of-one",
        lambda dtype: rnn(
            layers.StackedRNNCells([cell("GRU", 5, dtype)], dtype=dtype),
            dtype,
            return_sequences=True,
        ),
        [SEQUENCE],
    )

