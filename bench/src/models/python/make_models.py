"""Builds the networks that `bench.jar models` times, and what each must answer.

    python make_models.py FOLDER [NAME ...]

writes, for each network, FOLDER/NAME/ with model.keras, model.onnx, saved_model/ and golden.npz (`input` and
`output`, a batch of BATCH). The weights are random, from a fixed seed; the statistics of BatchNormalization are those
of the input, as after training, so that the numbers neither vanish nor explode.
"""

import os
import pathlib
import sys

os.environ["KERAS_BACKEND"] = "tensorflow"
os.environ.setdefault("TF_CPP_MIN_LOG_LEVEL", "2")

import keras  # noqa: E402  (reads the variables above)
import numpy as np  # noqa: E402
from keras import layers  # noqa: E402

SEED = 20240607
BATCH = 8


def unet():
    """Ronneberger et al. 2015, with padding SAME: an image of one channel in, a mask out."""
    image = keras.Input((256, 256, 1))
    x = image
    skips = []
    for filters in (16, 32, 64, 128):
        x = two_convolutions(x, filters)
        skips.append(x)
        x = layers.MaxPooling2D()(x)
    x = two_convolutions(x, 256)
    for filters, skip in zip((128, 64, 32, 16), reversed(skips)):
        x = layers.Conv2DTranspose(filters, 2, strides=2, padding="same")(x)
        x = layers.Concatenate()([skip, x])
        x = two_convolutions(x, filters)
    return keras.Model(image, layers.Conv2D(1, 1, activation="sigmoid")(x), name="unet")


def two_convolutions(x, filters):
    for _ in range(2):
        x = layers.Conv2D(filters, 3, padding="same", activation="relu")(x)
    return x


def tcn():
    """Bai et al. 2018: residual blocks of two causal convolutions, dilations 1 to 128, 1024 steps of 64 channels."""
    sequence = keras.Input((1024, 64))
    x = sequence
    for dilation in (1, 2, 4, 8, 16, 32, 64, 128):
        y = x
        for _ in range(2):
            y = layers.Conv1D(64, 3, padding="causal", dilation_rate=dilation, activation="relu")(y)
            y = layers.Dropout(0.1)(y)
        x = layers.ReLU()(layers.Add()([x, y]))
    return keras.Model(sequence, layers.Conv1D(10, 1)(x), name="tcn")


MODELS = {
    "mobilenet": lambda: keras.applications.MobileNet(weights=None),
    "mobilenetv2": lambda: keras.applications.MobileNetV2(weights=None),
    "resnet50": lambda: keras.applications.ResNet50(weights=None),
    "efficientnetb0": lambda: keras.applications.EfficientNetB0(weights=None),
    "unet": unet,
    "tcn": tcn,
}


def calibrate(model, batch, random):
    """Gives every BatchNormalization the statistics of its input, and a scale and offset of its own."""
    normalizations = [layer for layer in model.layers if isinstance(layer, layers.BatchNormalization)]
    for layer in normalizations:
        layer.gamma.assign(random.uniform(0.8, 1.2, layer.gamma.shape))
        layer.beta.assign(random.uniform(-0.2, 0.2, layer.beta.shape))
    momenta = [layer.momentum for layer in normalizations]
    for layer in normalizations:
        layer.momentum = 0.0
    if normalizations:
        model(batch, training=True)
    for layer, momentum in zip(normalizations, momenta):
        layer.momentum = momentum


def write(name, folder):
    keras.backend.clear_session()
    keras.utils.set_random_seed(SEED)
    random = np.random.default_rng(SEED)
    model = MODELS[name]()
    shape = (BATCH,) + model.input_shape[1:]
    # EfficientNet rescales pixels of 0 to 255 itself.
    top = 255.0 if name.startswith("efficientnet") else 1.0
    low = 0.0 if name.startswith("efficientnet") else -1.0
    batch = random.uniform(low, top, shape).astype("float32")
    calibrate(model, batch, random)
    folder.mkdir(parents=True, exist_ok=True)
    output = model(batch, training=False).numpy()
    np.savez(folder / "golden.npz", input=batch, output=output)
    model.save(folder / "model.keras")
    model.export(folder / "saved_model", format="tf_saved_model", verbose=False)
    model.export(folder / "model.onnx", format="onnx", verbose=False)
    print(f"{name}: {model.count_params():,} parameters, output {output.shape}, largest {np.abs(output).max():.4g}")


def main():
    if len(sys.argv) < 2 or not set(sys.argv[2:]) <= set(MODELS):
        sys.exit(__doc__ + "\nNAME: " + " ".join(MODELS))
    for name in sys.argv[2:] or MODELS:
        write(name, pathlib.Path(sys.argv[1]) / name)


if __name__ == "__main__":
    main()
