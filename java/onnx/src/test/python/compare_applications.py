"""Compares what conv4j makes of exported networks with what Keras makes of the .keras files beside them.

    python export_applications.py FOLDER
    python compare_applications.py java/cli/target/conv4j.jar FOLDER

A difference is relative to the largest output; up to 1e-4 passes. Exit 1 if any is larger.
"""

import pathlib
import subprocess
import sys
import tempfile

import keras
import numpy


def difference(jar, file):
    network = keras.saving.load_model(file.with_suffix(".keras"))
    dims = [extent or 224 for extent in network.input_shape[1:]]
    image = numpy.random.default_rng(7).random((1, *dims), numpy.float32) * 2 - 1
    wanted = network(image, training=False).numpy()
    with tempfile.TemporaryDirectory() as folder:
        numpy.save(f"{folder}/in.npy", image)
        command = ["java", "-jar", jar, "run", str(file), "--input", f"{folder}/in.npy", "--output", f"{folder}/out.npy"]
        run = subprocess.run(command, capture_output=True, text=True)
        if run.returncode != 0:
            raise RuntimeError(run.stderr.strip())
        found = numpy.load(f"{folder}/out.npy")
    return numpy.abs(found - wanted).max() / numpy.abs(wanted).max()


def main():
    failed = 0
    for file in sorted(pathlib.Path(sys.argv[2]).glob("*.onnx")):
        try:
            found = difference(sys.argv[1], file)
            bad, text = not found <= 1e-4, f"{found:.1e}"
        except Exception as failure:
            bad, text = True, str(failure).splitlines()[0]
        failed |= bad
        print("FAIL" if bad else "ok  ", file.stem, text, flush=True)
    sys.exit(failed)


main()
