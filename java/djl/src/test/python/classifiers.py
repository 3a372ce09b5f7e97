"""Writes an image classifier of Keras, and the same network as ONNX, for the tests of java/djl.

    python classifiers.py            the small network of the tests, into ../resources/org/conv4j/djl
    python classifiers.py FOLDER     MobileNetV2 with random weights, to measure with; 14 MB each

Needs keras 3, tensorflow, tf2onnx. The ONNX file takes images as (batch, 3, height, width), as DJL's
translators give them; the Keras file takes them as Keras does, channels last.
"""

import os
import sys
from pathlib import Path

os.environ.setdefault("CUDA_VISIBLE_DEVICES", "")
os.environ.setdefault("TF_CPP_MIN_LOG_LEVEL", "3")

import keras
import numpy as np
import tensorflow as tf
import tf2onnx
from keras import layers


def small():
    """Five kinds of convolution and normalization, not square, so that axes cannot be mixed up."""
    image = keras.Input((24, 32, 3), name="image")
    x = layers.Conv2D(8, 3, strides=2, padding="same", use_bias=False)(image)
    x = layers.BatchNormalization(beta_initializer="random_normal")(x)
    x = layers.ReLU(6.0)(x)
    shortcut = x
    x = layers.DepthwiseConv2D(3, padding="same")(x)
    x = layers.Conv2D(8, 1)(x)
    x = layers.Add()([x, shortcut])
    x = layers.SeparableConv2D(12, 3, activation="relu")(x)
    x = layers.GlobalAveragePooling2D()(x)
    return keras.Model(image, layers.Dense(5, name="scores")(x))


def calibrated(model):
    """Sets the statistics of normalizations to those of noise, so that outputs do not vanish."""
    for layer in model.layers:
        if isinstance(layer, layers.BatchNormalization):
            layer.momentum = 0.0
    model(np.random.default_rng(7).normal(size=(16, *model.input_shape[1:])), training=True)
    return model


def write(model, folder, name):
    folder.mkdir(parents=True, exist_ok=True)
    model.save(folder / f"{name}.keras")
    signature = [tf.TensorSpec((None, *model.input_shape[1:]), tf.float32, name="image")]
    function = tf.function(lambda image: model(image, training=False), input_signature=signature)
    tf2onnx.convert.from_function(
        function,
        input_signature=signature,
        inputs_as_nchw=["image"],
        opset=15,
        output_path=str(folder / f"{name}.onnx"),
    )


def main():
    keras.utils.set_random_seed(7)
    if len(sys.argv) > 1:
        model = keras.applications.MobileNetV2(weights=None, classifier_activation=None)
        write(calibrated(model), Path(sys.argv[1]), "mobilenetv2")
    else:
        resources = Path(__file__).parent.parent / "resources" / "org" / "conv4j" / "djl"
        write(small(), resources, "small")


if __name__ == "__main__":
    main()
