"""Writes models with custom layers to ../resources/custom, and what Keras 3 answers.

Run from this directory with Keras 3:

    python custom_layers.py

Each folder holds `model.keras`, `model.h5`, the input `in_0.npy` and the output `out_0.npy`. The
classes are written here from what such layers are known to do; none of this code is in the files.
"""

import os
from pathlib import Path

os.environ.setdefault("CUDA_VISIBLE_DEVICES", "")
os.environ.setdefault("TF_CPP_MIN_LOG_LEVEL", "3")

import keras
import numpy as np
from keras import layers, ops

TARGET = Path(__file__).parent.parent / "resources" / "custom"
register = keras.saving.register_keras_serializable


@register("my_package")
class Sampling(layers.Layer):
    """Draws from a normal distribution in training; its mean otherwise."""

    def __init__(self, **kwargs):
        super().__init__(**kwargs)
        self.seed_generator = keras.random.SeedGenerator(1)

    def call(self, inputs, training=False):
        mean, log_var = inputs
        if training:
            noise = keras.random.normal(ops.shape(mean), seed=self.seed_generator)
            return mean + ops.exp(0.5 * log_var) * noise
        return mean


@register("my_package")
class Patches(layers.Layer):
    """Cuts an image into squares, each of which becomes a row."""

    def __init__(self, patch_size, **kwargs):
        super().__init__(**kwargs)
        self.patch_size = patch_size

    def call(self, images):
        _, height, width, channels = images.shape
        size = self.patch_size
        cut = ops.reshape(images, (-1, height // size, size, width // size, size, channels))
        cut = ops.transpose(cut, (0, 1, 3, 2, 4, 5))
        rows = (height // size) * (width // size)
        return ops.reshape(cut, (-1, rows, size * size * channels))

    def get_config(self):
        return {**super().get_config(), "patch_size": self.patch_size}


@register("my_package")
class ChannelPooling(layers.Layer):
    """The mean and the maximum over all channels."""

    def call(self, inputs):
        mean = ops.mean(inputs, axis=-1, keepdims=True)
        return ops.concatenate([mean, ops.max(inputs, axis=-1, keepdims=True)], axis=-1)


@register("my_package")
class Scale(layers.Layer):
    """A factor and a summand for each channel."""

    def build(self, shape):
        self.factor = self.add_weight(name="factor", shape=(shape[-1],), initializer="normal")
        self.summand = self.add_weight(name="summand", shape=(shape[-1],), initializer="normal")

    def call(self, inputs):
        return inputs * self.factor + self.summand


@register("my_package")
class Halves(layers.Layer):
    """Two outputs: the first channels and the rest, each through a layer of its own."""

    def build(self, shape):
        self.first = layers.Dense(2, name="first")
        self.second = layers.Dense(2, name="second")
        self.first.build(shape)
        self.second.build(shape)

    def call(self, inputs):
        return self.first(inputs), self.second(inputs)


@register("my_package")
class MaskedSum(layers.Layer):
    """The sum of the steps that a mask keeps."""

    def call(self, inputs, mask=None):
        kept = ops.expand_dims(ops.cast(mask, inputs.dtype), -1)
        return ops.sum(inputs * kept, axis=1)


@register("my_package")
class VectorQuantizer(layers.Layer):
    """Replaces each vector by the nearest one of a codebook, whose columns are the vectors."""

    def __init__(self, num_embeddings, embedding_dim, **kwargs):
        super().__init__(**kwargs)
        self.num_embeddings = num_embeddings
        self.embedding_dim = embedding_dim

    def build(self, shape):
        self.codes = self.add_weight(
            name="codes", shape=(self.embedding_dim, self.num_embeddings), initializer="normal"
        )

    def call(self, x):
        vectors = ops.reshape(x, (-1, self.embedding_dim))
        lengths = ops.sum(vectors**2, axis=1, keepdims=True)
        distances = lengths + ops.sum(self.codes**2, axis=0) - 2 * ops.matmul(vectors, self.codes)
        nearest = ops.one_hot(ops.argmin(distances, axis=1), self.num_embeddings)
        quantized = ops.matmul(nearest, ops.transpose(self.codes))
        return ops.reshape(quantized, ops.shape(x))

    def compute_output_shape(self, shape):
        return shape

    def get_config(self):
        own = {"num_embeddings": self.num_embeddings, "embedding_dim": self.embedding_dim}
        return {**super().get_config(), **own}


def sampling(image):
    x = layers.Flatten()(layers.Conv2D(2, 3)(image))
    return Sampling()([layers.Dense(3)(x), layers.Dense(3)(x)])


def patches(image):
    return layers.Dense(3)(Patches(2)(layers.Conv2D(2, 3, padding="same")(image)))


def channel_pooling(image):
    x = layers.Conv2D(4, 3)(image)
    return layers.Conv2D(1, 3, activation="sigmoid")(ChannelPooling()(x))


def lambda_scaling(image):
    scaling = layers.Lambda(lambda x: x * 0.25, output_shape=(4, 4, 2), name="scaling")
    return layers.Conv2D(2, 2)(scaling(layers.Conv2D(2, 3)(image)))


def scale(image):
    return Scale()(layers.Conv2D(3, 3)(Scale()(image)))


def nested_scale(image):
    inner = keras.Input((6, 6, 3))
    block = keras.Model(inner, Scale(name="inner_scale")(layers.Conv2D(3, 3)(inner)), name="block")
    return Scale(name="outer_scale")(block(image))


def halves(image):
    first, second = Halves()(image)
    return layers.Subtract()([second, layers.Conv2D(2, 1)(first)])


def several(image):
    x = ChannelPooling(name="pooled")(layers.Conv2D(2, 3, padding="same")(image))
    scaling = layers.Lambda(lambda x: x * 0.25, output_shape=(6, 6, 2), name="scaling")
    return Patches(2)(scaling(ChannelPooling(name="pooled_again")(x)))


def vector_quantizer(image):
    x = layers.Conv2D(2, 3, strides=2, padding="same")(image)
    return layers.Conv2DTranspose(3, 3, strides=2, padding="same")(VectorQuantizer(8, 2)(x))


def masked(image):
    x = layers.Masking()(layers.ReLU()(layers.Reshape((36, 3))(image)))
    steps = layers.LSTM(3)(Scale()(x))
    return layers.Concatenate()([MaskedSum()(x), steps])


BUILDERS = [
    sampling,
    patches,
    channel_pooling,
    lambda_scaling,
    scale,
    nested_scale,
    halves,
    several,
    masked,
    vector_quantizer,
]


def main():
    rng = np.random.default_rng(5)
    for number, build in enumerate(BUILDERS):
        keras.backend.clear_session()
        keras.utils.set_random_seed(number)
        image = keras.Input((6, 6, 3), name="image")
        model = keras.Model(image, build(image))
        folder = TARGET / build.__name__
        folder.mkdir(parents=True, exist_ok=True)
        # Keras cannot read the operations that make masks from a .h5 either.
        for suffix in ["keras"] if build is masked else ["keras", "h5"]:
            model.save(folder / f"model.{suffix}")
        given = rng.standard_normal((2, 6, 6, 3)).astype(np.float32)
        np.save(folder / "in_0.npy", given)
        np.save(folder / "out_0.npy", model.predict(given, verbose=0))


if __name__ == "__main__":
    main()
