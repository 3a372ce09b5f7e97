"""Exports networks of keras.applications with random weights by tf2onnx, with a .keras file beside each.

    pip install tensorflow keras tf2onnx onnx
    python export_applications.py FOLDER [NAME...]
"""

import pathlib
import sys

import keras
import numpy
import tensorflow
import tf2onnx

NETWORKS = [
    "MobileNetV2",
    "MobileNet",
    "MobileNetV3Small",
    "MobileNetV3Large",
    "EfficientNetB0",
    "EfficientNetB1",
    "EfficientNetV2B0",
    "DenseNet121",
    "ResNet50",
    "ResNet50V2",
    "NASNetMobile",
    "Xception",
    "InceptionV3",
    "ConvNeXtTiny",
    "VGG16",
]


def main():
    folder = pathlib.Path(sys.argv[1])
    folder.mkdir(exist_ok=True)
    for name in sys.argv[2:] or NETWORKS:
        keras.utils.set_random_seed(3)
        network = getattr(keras.applications, name)(weights=None)
        random = numpy.random.default_rng(3)
        for layer in network.layers:
            # Statistics of their own, so that a normalization that is left out is noticed.
            if isinstance(layer, keras.layers.BatchNormalization):
                weights = layer.get_weights()
                weights[-2] = random.uniform(-0.1, 0.1, weights[-2].shape)
                weights[-1] = random.uniform(0.5, 1.5, weights[-1].shape)
                layer.set_weights(weights)
        network.save(folder / f"{name}.keras")
        for layer in network.layers:
            # As tensors, they would become inputs of the exported graph.
            if isinstance(layer, keras.layers.Normalization):
                layer.mean = numpy.asarray(layer.mean)
                layer.variance = numpy.asarray(layer.variance)
        signature = [tensorflow.TensorSpec([None, *network.input_shape[1:]], tensorflow.float32, name="input")]
        function = tensorflow.function(lambda x: network(x, training=False), input_signature=signature)
        try:
            tf2onnx.convert.from_function(function, input_signature=signature, output_path=str(folder / f"{name}.onnx"))
        except Exception as failure:
            print(name, "cannot be exported:", str(failure)[:200])


main()
