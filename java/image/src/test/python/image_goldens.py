"""Writes small images and what Keras makes of them, for the tests of `conv4j run` with images.

Run, from this directory, in a fresh environment with Python 3.11 or later:

    python -m venv venv && venv/bin/pip install -r requirements.txt
    venv/bin/python image_goldens.py

To ../resources/org/conv4j/image it writes images, among them the first digit of the demo's test
set as `digit.png`, and `goldens.npz` with

    <file>:rgb, :grayscale, :rgba   keras.utils.load_img in that colour mode, as an array
    resized_<height>x<width>        colours.png after keras.ops.image.resize
    <mode>                          colours.png after imagenet_utils.preprocess_input
"""

import os
from pathlib import Path

os.environ["KERAS_BACKEND"] = "jax"
os.environ["JAX_PLATFORMS"] = "cpu"

import keras  # noqa: E402  (the backend must be chosen first)
import numpy as np  # noqa: E402
from keras.applications.imagenet_utils import preprocess_input  # noqa: E402
from PIL import Image  # noqa: E402

TARGET = Path(__file__).resolve().parent.parent / "resources/org/conv4j/image"
DIGITS = (
    TARGET.parents[6] / "cli/src/main/resources/org/conv4j/cli/demo/digits-test.npz"
)
HEIGHT, WIDTH = 11, 14
SIZES = [(5, 9), (11, 14), (23, 30), (1, 1), (6, 40)]


def main():
    TARGET.mkdir(parents=True, exist_ok=True)
    random = np.random.default_rng(7)
    noise = Image.fromarray(random.integers(0, 256, (HEIGHT, WIDTH, 4), "uint8"), "RGBA")
    smooth = noise.resize((WIDTH * 4, HEIGHT * 4), Image.Resampling.BICUBIC).convert("RGB")
    images = {
        "colours.png": noise.convert("RGB"),
        "transparent.png": noise,
        "grey.png": noise.convert("L"),
        "grey_transparent.png": noise.convert("LA"),
        "palette.png": noise.convert("RGB").quantize(16),
        "black_and_white.png": noise.convert("1"),
        "photo.jpg": smooth,
        "grey.jpg": smooth.convert("L"),
    }
    goldens = {}
    for name, image in images.items():
        image.save(TARGET / name, **({"quality": 95} if name.endswith("jpg") else {}))
        for mode in ("rgb", "grayscale", "rgba"):
            goldens[f"{name}:{mode}"] = loaded(name, mode)
    digit = np.load(DIGITS)["images"][0, :, :, 0] * (255 / 16)
    Image.fromarray(digit.round().astype("uint8")).save(TARGET / "digit.png")
    smooth.convert("CMYK").save(TARGET / "cmyk.jpg")
    colours = loaded("colours.png", "rgb")
    for height, width in SIZES:
        resized = keras.ops.image.resize(colours, (height, width), interpolation="bilinear")
        goldens[f"resized_{height}x{width}"] = np.asarray(resized)
    for mode in ("caffe", "tf", "torch"):
        goldens[mode] = preprocess_input(colours.copy(), data_format="channels_last", mode=mode)
    np.savez_compressed(TARGET / "goldens.npz", **goldens)


def loaded(name, mode):
    return keras.utils.img_to_array(keras.utils.load_img(TARGET / name, color_mode=mode))


if __name__ == "__main__":
    main()
