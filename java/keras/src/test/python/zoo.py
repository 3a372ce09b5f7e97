"""Checks conv4j with every network of keras.applications at full size.

    python -m venv venv && venv/bin/pip install -r requirements.txt
    venv/bin/python zoo.py [--only NAME ...] [--forms keras h5] [--engine onednn]

Needs java/cli/target/conv4j.jar. Every network is built with random weights and random statistics,
saved (three of them also as legacy .h5), answered by Keras, and run by `conv4j run`, which must
agree within 1e-4 of the largest output; `conv4j inspect` must count the same parameters. One network at a
time is on the disk. Prints a table; exits with 1 if anything differs. It takes about half an hour.
"""

import argparse
import gc
import multiprocessing
import subprocess
import sys
import tempfile
import time
import traceback
import warnings
from concurrent.futures import ProcessPoolExecutor
from itertools import repeat
from pathlib import Path

from conv4j_command import TOLERANCE, parameter_count, relative_error, run_model
from drawing import draw_weights, generator, keras, np

# Name in keras.applications, and whether it scales pixels itself.
_ZOO = {
    "MobileNet": False,
    "MobileNetV2": False,
    "MobileNetV3Small": True,
    "MobileNetV3Large": True,
    "ResNet50": False,
    "ResNet101": False,
    "ResNet152": False,
    "ResNet50V2": False,
    "ResNet101V2": False,
    "ResNet152V2": False,
    "VGG16": False,
    "VGG19": False,
    "InceptionV3": False,
    "InceptionResNetV2": False,
    "Xception": False,
    "DenseNet121": False,
    "DenseNet169": False,
    "DenseNet201": False,
    "NASNetMobile": False,
    "EfficientNetB0": True,
    "EfficientNetB1": True,
    "EfficientNetB2": True,
    "EfficientNetB3": True,
    "EfficientNetB4": True,
    "EfficientNetB5": True,
    "EfficientNetB6": True,
    "EfficientNetB7": True,
    "EfficientNetV2B0": True,
    "ConvNeXtTiny": True,
}
_ALSO_H5 = ("MobileNetV2", "ResNet50", "EfficientNetB0")
_ROW = "{:20} {:6} {:>12} {:>11} {:>10} {:>8}  {}"


def main():
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--only", nargs="+", choices=_ZOO, metavar="NAME", help="only these")
    parser.add_argument("--forms", nargs="+", choices=("keras", "h5"), default=("keras", "h5"))
    parser.add_argument("--engine", help="passed on to conv4j run")
    parser.add_argument("--batch", type=int, default=2)
    arguments = parser.parse_args()
    header = ("network", "file", "parameters", "largest", "error", "seconds", "verdict")
    print(_ROW.format(*header), flush=True)
    # What Keras keeps of each network adds up to 20 GB, so each gets a process of its own.
    spawn = multiprocessing.get_context("spawn")
    with ProcessPoolExecutor(1, mp_context=spawn, max_tasks_per_child=1) as pool:
        failures = sum(pool.map(check, arguments.only or _ZOO, repeat(arguments)))
    print(f"{failures} failures" if failures else "all agree")
    return 1 if failures else 0


def check(name, arguments):
    """Returns how many files of this network gave a wrong answer."""
    warnings.filterwarnings("ignore")
    with tempfile.TemporaryDirectory() as folder:
        return check_files(name, Path(folder), arguments)


def check_files(name, folder, arguments):
    model = build(name)
    image = pictures(model, name, arguments.batch)
    expected = np.asarray(model(image, training=False))
    assert_informative(name, expected)
    parameters = model.count_params()
    forms = [form for form in ("keras", "h5") if form in arguments.forms]
    files = [folder / f"{name}.{form}" for form in forms if form == "keras" or name in _ALSO_H5]
    for file in files:
        model.save(file)
    del model
    gc.collect()
    options = ["--engine", arguments.engine] if arguments.engine else []
    return sum(not compare(file, image, expected, parameters, options) for file in files)


def build(name):
    """Logits, not probabilities: a softmax would hide differences."""
    create = getattr(keras.applications, name)
    model = create(weights=None, classifier_activation=None)
    draw_weights(model, name, pictures(model, f"{name}/calibration", 4), rounding=np.asarray)
    return model


def pictures(model, name, batch):
    """Noise over one colour a picture; from -1 to 1 where the network does not scale them itself.

    MobileNetV3 leaves height and width open.
    """
    shape = (batch, *(length or 224 for length in model.inputs[0].shape[1:]))
    random = generator(name, "pictures")
    colours = random.integers(0, 256, (batch, 1, 1, shape[-1]))
    values = (colours + random.integers(0, 256, shape)) // 2
    scales_itself = _ZOO[name.split("/")[0]]
    return (values if scales_itself else values / 127.5 - 1).astype("float32")


def assert_informative(name, output):
    """A network that fades out, blows up or ignores its input would agree with anything."""
    size = np.abs(output).max()
    assert np.isfinite(output).all() and 1e-2 < size < 1e4, (name, size)
    assert np.ptp(output, axis=0).max() > 20 * TOLERANCE * size, (name, "ignores its input")
    assert output.std() > 0.05 * size, (name, "constant")


def compare(file, image, expected, parameters, options):
    error, counted, started = np.inf, 0, time.monotonic()
    try:
        error = relative_error(run_model(file, {"": image}, file.parent, options), expected)
        seconds = time.monotonic() - started
        counted = parameter_count(file)
        verdict = _verdict(error, counted, parameters)
    except subprocess.CalledProcessError as failure:
        seconds, verdict = time.monotonic() - started, failure.stderr.strip()
    except (OSError, KeyError, ValueError):
        seconds, verdict = time.monotonic() - started, traceback.format_exc(limit=0).strip()
    row = (file.stem, file.suffix, parameters, f"{np.abs(expected).max():.4g}", f"{error:.1e}")
    print(_ROW.format(*row, f"{seconds:.1f}", verdict), flush=True)
    return verdict == "ok"


def _verdict(error, counted, parameters):
    if error > TOLERANCE:
        return "differs"
    return "ok" if counted == parameters else f"{counted} parameters"


if __name__ == "__main__":
    sys.exit(main())
