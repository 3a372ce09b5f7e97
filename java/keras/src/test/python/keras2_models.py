"""Writes the committed models that Keras 2 made: legacy .h5 files and TensorFlow.js layers-models.

Keras 2 lives on as the package tf_keras. Run, from this directory, after small_models.py:

    python -m venv venv && venv/bin/pip install -r requirements-keras2.txt
    venv/bin/python keras2_models.py

It takes a minute and adds its models to ../resources/models and to the index there.
"""

import warnings

import tensorflow as tf
import tf_keras
from tf_keras.src.applications import resnet

from drawing import as_argument, draw_weights, generator, np
from families import FewFilters
from sample import TARGET, check, entry, write_golden
from small_models import check_size, update_index
from tfjs_writer import write_tfjs

layers = tf_keras.layers


def main():
    warnings.filterwarnings("ignore")
    assert tf_keras.__version__.startswith("2."), tf_keras.__version__
    for build, features in [
        (mobilenet, ["DepthwiseConv2D", "ReLU6", "residual Add"]),
        (resnet_, ["ZeroPadding2D", "MaxPooling2D", "residual Add"]),
        (
            sequential,
            ["Sequential", "LeakyReLU alpha", "SeparableConv2D", "PReLU", "Conv2DTranspose"],
        ),
        (
            graph,
            ["several inputs and outputs", "shared layers", "nested models", "TimeDistributed"],
        ),
        (operators, ["TFOpLambda", "SlicingOpLambda"]),
        (activations, ["layers as activations", "PReLU with its own weights"]),
        (functions, ["TFOpLambda", "tf.nn", "tf.image.resize", "lists of tensors"]),
    ]:
        _write_h5("keras2_" + build.__name__.strip("_"), build(), features)
    for quantization in (None, "uint8", "uint16", "float16"):
        _write_tfjs(classifier(), quantization)
    check_size()


def _write_h5(name, model, features):
    draw_weights(model, name, _inputs(model, name, 8), library=tf_keras)
    model.save(TARGET / f"{name}.h5", save_format="h5", include_optimizer=False)
    _add(name, f"{name}.h5", model, ["Keras 2", *features])


def _write_tfjs(model, quantization):
    name = "tfjs_" + (quantization or "float32")
    draw_weights(model, "tfjs", _inputs(model, "tfjs", 8), library=tf_keras)
    seen = write_tfjs(TARGET / name, model, quantization, groups=1 if quantization else 3)
    for variable, value in zip(model.weights, seen, strict=True):
        variable.assign(value)
    _add(name, f"{name}/model.json", model, ["TensorFlow.js", quantization or "several groups"])


def _add(name, file, model, features):
    inputs = _inputs(model, name, 2)
    outputs = _run(model, inputs)
    check(name, outputs)
    write_golden(TARGET / f"{name}.npz", inputs, outputs)
    update_index([entry(name, [file], [f"{name}.npz"], model, features)])
    print(name, flush=True)


def _run(model, inputs):
    outputs = model(as_argument(inputs), training=False)
    return [np.asarray(x) for x in (outputs if isinstance(outputs, (list, tuple)) else [outputs])]


def _inputs(model, name, batch):
    random = generator(name, "inputs", batch)
    shapes = [(batch, *x.shape[1:]) for x in model.inputs]
    return [(random.integers(-32, 33, shape) / 16).astype("float32") for shape in shapes]


def mobilenet():
    return tf_keras.applications.MobileNetV2(
        alpha=0.5,
        input_shape=(32, 32, 3),
        weights=None,
        classes=7,
        layers=FewFilters(lambda filters: max(3, filters // 6), layers),
    )


def resnet_():
    def stack(x):
        x = resnet.stack1(x, 64, 2, stride1=1, name="conv2")
        return resnet.stack1(x, 128, 2, name="conv3")

    return resnet.ResNet(
        stack,
        False,
        True,
        "resnet",
        weights=None,
        classes=7,
        input_shape=(32, 32, 3),
        layers=FewFilters(lambda filters: filters // 12, layers),
    )


def sequential():
    return tf_keras.Sequential(
        [
            layers.Conv2D(6, 3, padding="same", input_shape=(14, 12, 3)),
            layers.BatchNormalization(scale=False),
            layers.LeakyReLU(alpha=0.2),
            layers.SeparableConv2D(8, 3, activation="swish"),
            layers.PReLU(shared_axes=[1, 2]),
            layers.DepthwiseConv2D(3, padding="same", depth_multiplier=2),
            layers.LayerNormalization(),
            layers.MaxPooling2D(2),
            layers.ELU(alpha=0.8),
            layers.Conv2DTranspose(5, 3, strides=2, padding="same"),
            layers.UpSampling2D(2, interpolation="bilinear"),
            layers.Cropping2D(2),
            layers.AveragePooling2D(3, padding="same"),
            layers.Flatten(),
            layers.Dropout(0.4),
            layers.Dense(9, activation="relu"),
            layers.Dense(4, activation="softmax"),
        ],
        name="sequential",
    )


def graph():
    video = layers.Input((3, 9, 9, 2), name="video")
    image = layers.Input((9, 9, 2), name="image")
    block = tf_keras.Sequential(
        [layers.Conv2D(4, 3, padding="same"), layers.BatchNormalization(), layers.ReLU(6.0)],
        name="block",
    )
    inner_input = layers.Input((9, 9, 2), name="inner_input")
    inner = tf_keras.Model(
        inner_input,
        layers.Concatenate(name="join")([inner_input, block(inner_input)]),
        name="inner",
    )
    frames = layers.TimeDistributed(layers.Conv2D(5, 3, strides=2), name="frames")(video)
    frames = layers.TimeDistributed(layers.GlobalAveragePooling2D(), name="means")(frames)
    mixed = layers.Conv2D(2, 3, padding="same", name="mix")(image)
    first = layers.GlobalMaxPooling2D(name="top")(inner(image))
    second = layers.GlobalMaxPooling2D(name="top_again")(inner(mixed))
    both = layers.Average(name="both")([first, second])
    series = layers.Conv1D(6, 2, padding="causal", name="series")(frames)
    series = layers.Flatten()(series)
    dense = layers.Dense(5, activation="tanh", name="dense")
    scores = layers.Add(name="scores")([dense(layers.Dense(6, name="narrow")(series)), dense(both)])
    return tf_keras.Model([video, image], [scores, frames], name="graph")


def operators():
    inputs = layers.Input((8, 8, 3), name="image")
    x = layers.Conv2D(6, 3, padding="same")(inputs)
    x = (x + 1.0) * 0.5 - layers.Conv2D(6, 1)(inputs)
    x = x[:, 1:, ::2]
    x = tf_keras.activations.relu(x, max_value=6.0) / 2.0
    return tf_keras.Model(inputs, layers.Dense(4)(layers.Flatten()(x)), name="operators")


def activations():
    return tf_keras.Sequential(
        [
            layers.Input((9, 7, 3)),
            layers.Conv2D(6, 3, activation=layers.PReLU(shared_axes=[1, 2], name="own")),
            layers.BatchNormalization(),
            layers.SeparableConv2D(4, 3, activation=layers.PReLU()),
            layers.Conv2D(5, 1, activation=layers.LeakyReLU(0.1)),
            layers.DepthwiseConv2D(2, activation=layers.ReLU(max_value=2.0, negative_slope=0.25)),
            layers.Activation(layers.PReLU(shared_axes=[1])),
            layers.Conv2D(4, 1, activation=layers.ELU(0.5)),
            layers.TimeDistributed(layers.Dense(3, activation=layers.ThresholdedReLU(0.125))),
            layers.Flatten(),
            layers.Dense(5, activation=layers.Softmax()),
        ],
        name="activations",
    )


def functions():
    inputs = layers.Input((8, 12, 3), name="image")
    x = layers.Conv2D(8, 3, padding="same")(inputs)
    pooled = [
        tf.nn.avg_pool2d(x, 2, 2, "SAME"),
        tf.nn.max_pool2d(x, [1, 3, 2, 1], [1, 2, 2, 1], "SAME"),
        tf.nn.avg_pool(x, [3, 2], 2, "SAME"),
    ]
    sums = tf.reduce_sum(pooled, axis=0) - tf.add_n(pooled[:2])
    space = tf.nn.depth_to_space(x, 2)
    depth = tf.nn.space_to_depth(tf.roll(space, [1, -3], axis=[1, 2]), 2)
    resized = [tf.image.resize(x, (5, 9), method) for method in ("bilinear", "nearest")]
    normal = [tf.math.l2_normalize(x, axis=-1), tf.nn.l2_normalize(x, [1, 2], epsilon=16.0)]
    biased = tf.nn.bias_add(tf.reverse(x, [1, -1]), np.arange(8, dtype="float32") / 8)
    product = tf.matmul(x, biased, transpose_b=True) + tf.matmul(x, x, transpose_a=True)[:, :, :1, :1]
    slices = tf.unstack(x, axis=2)
    cut = tf.slice(x, [0, 1, 2, 0], [-1, 4, -1, 3])
    statistics = tf.math.reduce_std(x, [1, 2], keepdims=True) * tf.math.reduce_variance(x, -1)[..., None]
    waves = tf.sin(x) + tf.math.erf(x) * tf.atan(x) - tf.nn.relu6(x) + tf.nn.leaky_relu(x, 0.3)
    line = tf.nn.max_pool1d(slices[3], 3, 2, "VALID") - slices[5][:, :3]
    flipped = tf.image.flip_left_right(tf.tile(x, [1, 1, 2, 1]))
    outputs = [sums, depth, *resized, *normal, product, cut, statistics, waves, line, flipped]
    return tf_keras.Model(inputs, outputs, name="functions")


def classifier():
    inputs = layers.Input((16, 16, 3), name="image")
    x = layers.ZeroPadding2D(((0, 1), (0, 1)), name="pad")(inputs)
    x = layers.Conv2D(8, 3, strides=2, use_bias=False, name="conv")(x)
    x = skip = layers.ReLU(6.0, name="relu")(layers.BatchNormalization(name="norm")(x))
    x = layers.DepthwiseConv2D(3, padding="same", use_bias=False, name="depthwise")(x)
    x = layers.BatchNormalization(name="depthwise_norm")(x)
    x = layers.Conv2D(8, 1, activation="relu", name="mix")(x)
    x = layers.Add(name="sum")([x, skip])
    x = layers.SeparableConv2D(20, 3, name="separable")(x)
    x = layers.GlobalAveragePooling2D(name="mean")(x)
    return tf_keras.Model(
        inputs, layers.Dense(5, activation="softmax", name="scores")(x), name="tfjs"
    )


if __name__ == "__main__":
    main()
