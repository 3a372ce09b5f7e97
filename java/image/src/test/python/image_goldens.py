"""Writes small images and what Keras makes of them, for the tests of `conv4j run` with images.

Run, from this directory, in a fresh environment with Python 3.11 or later:

    python -m venv venv && venv/bin/pip install -r requirements.txt
    venv/bin/python image_goldens.py

To ../resources/org/conv4j/image it writes images, among them the first digit of the demo's test
set as `digit.png`, and `goldens.npz` with

    <file>:rgb, :grayscale, :rgba   keras.utils.load_img in that colour mode, as an array
    <method>[:antialias][:crop|pad]_<height>x<width>
                                    colours.png after keras.ops.image.resize, tf.image.resize (area)
                                    or load_img (pil-*; nearest has both, they are equal)
    rgba:pil-bilinear_<...>         transparent.png after load_img
    profile.jpg:rgb                 photo.jpg with a colour profile that swaps red and green
    <mode>                          colours.png after imagenet_utils.preprocess_input
"""

import os
from pathlib import Path

os.environ["KERAS_BACKEND"] = "tensorflow"

import keras  # noqa: E402  (the backend must be chosen first)
import numpy as np  # noqa: E402
import tensorflow as tf  # noqa: E402
from keras.applications.imagenet_utils import preprocess_input  # noqa: E402
from PIL import Image, ImageCms  # noqa: E402

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
    # ImageIO would convert the colours of such a file; Keras and Pillow take them as they are.
    smooth.save(TARGET / "profile.jpg", quality=95, icc_profile=swapped_primaries())
    goldens["profile.jpg:rgb"] = loaded("profile.jpg", "rgb")
    smooth.convert("CMYK").save(TARGET / "cmyk.jpg")
    colours = loaded("colours.png", "rgb")
    for size in SIZES:
        goldens |= resized(colours, size)
    for mode in ("caffe", "tf", "torch"):
        goldens[mode] = preprocess_input(colours.copy(), data_format="channels_last", mode=mode)
    np.savez_compressed(TARGET / "goldens.npz", **goldens)


def swapped_primaries():
    """sRGB's profile with the table's entries for red and green exchanged."""
    profile = bytearray(ImageCms.ImageCmsProfile(ImageCms.createProfile("sRGB")).tobytes())
    entries = {bytes(profile[at : at + 4]): at for at in range(132, 132 + 12 * profile[131], 12)}
    red, green = entries[b"rXYZ"], entries[b"gXYZ"]
    places = profile[red + 4 : red + 12], profile[green + 4 : green + 12]
    profile[green + 4 : green + 12], profile[red + 4 : red + 12] = places
    return bytes(profile)


def resized(colours, size):
    goldens = {}
    name = f"{size[0]}x{size[1]}"
    aspects = {"": {}, ":crop": {"crop_to_aspect_ratio": True}, ":pad": {"pad_to_aspect_ratio": True}}
    for method in ("nearest", "bilinear", "bicubic", "lanczos3", "lanczos5"):
        for aspect, arguments in aspects.items():
            for antialias in (False, True) if method != "nearest" else (False,):
                key = f"{method}{':antialias' if antialias else ''}{aspect}_{name}"
                goldens[key] = np.asarray(
                    keras.ops.image.resize(
                        colours, size, interpolation=method, antialias=antialias, **arguments
                    )
                )
    goldens[f"area_{name}"] = tf.image.resize(colours, size, method="area").numpy()
    for method in ("nearest", "bilinear", "bicubic", "lanczos", "box", "hamming"):
        for aspect in ("", ":crop"):
            key = f"{'' if method == 'nearest' else 'pil-'}{method}{aspect}_{name}"
            value = loaded("colours.png", "rgb", size, method, aspect != "")
            if key in goldens:
                assert (goldens[key] == value).all(), key
            goldens[key] = value
    goldens[f"rgba:pil-bilinear_{name}"] = loaded("transparent.png", "rgba", size, "bilinear")
    return goldens


def loaded(name, mode, size=None, interpolation="nearest", keep_aspect_ratio=False):
    return keras.utils.img_to_array(
        keras.utils.load_img(
            TARGET / name,
            color_mode=mode,
            target_size=size,
            interpolation=interpolation,
            keep_aspect_ratio=keep_aspect_ratio,
        )
    )


if __name__ == "__main__":
    main()
