"""A small sibling of every family of keras.applications, made by the original code.

Where the original constructor has arguments that make it small enough, they are used. Elsewhere the
layers that the original code creates get fewer filters: kinds of layers, names and graph stay.
"""

from contextlib import contextmanager
from unittest import mock

from drawing import keras
from keras.src.applications import (
    convnext,
    densenet,
    efficientnet,
    efficientnet_v2,
    inception_resnet_v2,
    inception_v3,
    mobilenet,
    mobilenet_v2,
    mobilenet_v3,
    nasnet,
    resnet,
    vgg16,
    vgg19,
    xception,
)

from sample import Sample

CLASSES = 7
_SMALL = {"weights": None, "classes": CLASSES}


def families():
    blocks = ["BatchNormalization", "residual Add"]
    squeeze = ["squeeze and excite", "Multiply", *blocks]
    pixels = ["preprocessing inside"]
    return [
        Sample("mobilenet", mobilenet_, ["DepthwiseConv2D", "ReLU6", "ZeroPadding2D", "Reshape"]),
        Sample("mobilenet_v2", mobilenet_v2_, ["DepthwiseConv2D", "ReLU6", *blocks]),
        Sample("mobilenet_v3_small", mobilenet_v3_small, ["hard_silu", *squeeze, *pixels], True),
        Sample("mobilenet_v3_large", mobilenet_v3_large, ["hard_silu", *squeeze, *pixels], True),
        Sample(
            "mobilenet_v3_minimalistic", mobilenet_v3_minimalistic, ["relu", *blocks, *pixels], True
        ),
        Sample(
            "resnet",
            resnet_v1,
            ["ZeroPadding2D", "MaxPooling2D", *blocks],
            formats=("keras", "h5"),
        ),
        Sample("resnet_v2", resnet_v2, ["pre-activation", "strided shortcut", *blocks]),
        Sample("vgg16", vgg16_, ["MaxPooling2D", "Flatten", "Dense"]),
        Sample("vgg19", vgg19_, ["MaxPooling2D", "Flatten", "Dense"]),
        Sample(
            "inception_v3", inception_v3_, ["AveragePooling2D same", "Concatenate", "scale off"]
        ),
        Sample(
            "inception_resnet_v2",
            inception_resnet_v2_,
            ["CustomScaleLayer", "Concatenate", *blocks],
        ),
        Sample("xception", xception_, ["SeparableConv2D", *blocks]),
        Sample("densenet", densenet_, ["Concatenate", "AveragePooling2D", "BatchNormalization"]),
        Sample("nasnet", nasnet_, ["SeparableConv2D", "Cropping2D", "Concatenate", *blocks]),
        Sample("efficientnet", efficientnet_, ["silu", "Normalization", *squeeze, *pixels], True),
        Sample(
            "efficientnet_v2", efficientnet_v2_, ["fused MBConv", "silu", *squeeze, *pixels], True
        ),
        Sample(
            "convnext",
            convnext_,
            [
                "LayerScale",
                "LayerNormalization",
                "gelu",
                "nested Sequential",
                "Normalization",
                *pixels,
            ],
            True,
        ),
    ]


class FewFilters:
    """Stands for the module `keras.layers` inside a module of keras.applications."""

    def __init__(self, few, layers=keras.layers):
        self._few = few
        self._layers = layers

    def __getattr__(self, kind):
        original = getattr(self._layers, kind)
        if kind not in ("Conv2D", "SeparableConv2D", "Dense"):
            return original

        def create(size, *arguments, **named):
            if named.get("name") not in ("predictions", "logits"):
                size = self._few(size)
            return original(size, *arguments, **named)

        return create


@contextmanager
def _fewer(module, divisor, least=2):
    def few(filters):
        return max(least, filters // divisor)

    with mock.patch.object(module, "layers", FewFilters(few)):
        yield


def mobilenet_():
    return mobilenet.MobileNet(alpha=0.0625, input_shape=(32, 32, 3), **_SMALL)


def mobilenet_v2_():
    with _fewer(mobilenet_v2, 6, 3):
        return mobilenet_v2.MobileNetV2(alpha=0.5, input_shape=(32, 32, 3), **_SMALL)


def mobilenet_v3_small():
    with _fewer(mobilenet_v3, 6, 4):
        return keras.applications.MobileNetV3Small(alpha=0.75, input_shape=(32, 32, 3), **_SMALL)


def mobilenet_v3_large():
    with _fewer(mobilenet_v3, 10, 4):
        return keras.applications.MobileNetV3Large(alpha=0.75, input_shape=(32, 32, 3), **_SMALL)


def mobilenet_v3_minimalistic():
    with _fewer(mobilenet_v3, 6, 4):
        return keras.applications.MobileNetV3Small(
            alpha=0.75, minimalistic=True, input_shape=(32, 32, 3), **_SMALL
        )


def resnet_v1():
    def stack(x):
        x = resnet.stack_residual_blocks_v1(x, 64, 2, stride1=1, name="conv2")
        return resnet.stack_residual_blocks_v1(x, 128, 2, name="conv3")

    with _fewer(resnet, 12):
        return resnet.ResNet(stack, False, True, input_shape=(32, 32, 3), **_SMALL)


def resnet_v2():
    def stack(x):
        x = resnet.stack_residual_blocks_v2(x, 64, 2, name="conv2")
        return resnet.stack_residual_blocks_v2(x, 128, 2, stride1=1, name="conv3")

    with _fewer(resnet, 12):
        return resnet.ResNet(stack, True, True, input_shape=(32, 32, 3), **_SMALL)


def vgg16_():
    with _fewer(vgg16, 32):
        return vgg16.VGG16(input_shape=(32, 32, 3), **_SMALL)


def vgg19_():
    with _fewer(vgg19, 32, 3):
        return vgg19.VGG19(include_top=False, pooling="max", input_shape=(32, 32, 3), weights=None)


def inception_v3_():
    with _fewer(inception_v3, 24):
        return inception_v3.InceptionV3(input_shape=(75, 75, 3), **_SMALL)


def inception_resnet_v2_():
    """Keeps the first two and the last block of each kind."""
    original = inception_resnet_v2.inception_resnet_block
    last = {"block35": 10, "block17": 20, "block8": 10}

    def few_blocks(x, scale, block_type, block_idx, **named):
        if 2 < block_idx < last[block_type]:
            return x
        return original(x, scale, block_type, block_idx, **named)

    class ExceptProjections(FewFilters):
        """A projection back to the width of the sum takes that width from its input."""

        def __getattr__(self, kind):
            create = super().__getattr__(kind)
            if kind != "Conv2D":
                return create

            def project(filters, *arguments, **named):
                if (named.get("name") or "").endswith("_conv"):
                    return keras.layers.Conv2D(filters, *arguments, **named)
                return create(filters, *arguments, **named)

            return project

    few = ExceptProjections(lambda filters: max(2, filters // 24))
    with (
        mock.patch.object(inception_resnet_v2, "layers", few),
        mock.patch.object(inception_resnet_v2, "inception_resnet_block", few_blocks),
    ):
        return inception_resnet_v2.InceptionResNetV2(input_shape=(75, 75, 3), **_SMALL)


def xception_():
    with _fewer(xception, 24):
        return xception.Xception(input_shape=(71, 71, 3), **_SMALL)


def densenet_():
    with mock.patch.object(densenet, "conv_block", _thin(densenet.conv_block)):
        return densenet.DenseNet([2, 3, 2, 2], input_shape=(32, 32, 3), **_SMALL)


def _thin(original):
    return lambda x, growth_rate, name: original(x, 5, name)


def nasnet_():
    return nasnet.NASNet(
        penultimate_filters=96,
        num_blocks=1,
        stem_block_filters=6,
        skip_reduction=False,
        input_shape=(32, 32, 3),
        **_SMALL,
    )


def efficientnet_():
    return efficientnet.EfficientNet(
        width_coefficient=0.15,
        depth_coefficient=0.4,
        default_size=48,
        depth_divisor=3,
        input_shape=(48, 48, 3),
        **_SMALL,
    )


def efficientnet_v2_():
    return efficientnet_v2.EfficientNetV2(
        width_coefficient=0.15,
        depth_coefficient=0.4,
        default_size=48,
        depth_divisor=3,
        min_depth=3,
        name="efficientnetv2-b0",
        input_shape=(48, 48, 3),
        **_SMALL,
    )


def convnext_():
    return convnext.ConvNeXt(
        depths=[1, 1, 2, 1],
        projection_dims=[6, 10, 14, 18],
        drop_path_rate=0.1,
        input_shape=(64, 64, 3),
        **_SMALL,
    )
