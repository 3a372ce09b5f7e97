"""Compares what conv4j and ONNX Runtime make of ONNX files, on random input.

    pip install onnx onnxruntime
    python compare.py java/cli/target/conv4j.jar FILE... [--engine onednn] [--shape input=1,3,64,64]

Where a file leaves an extent open, it is 1 for the first axis and 64 elsewhere, unless --shape says
otherwise. A difference is relative to the largest output, or to 0.001 where all are smaller; up to 1e-4 passes. Exit 1 if any is larger.
"""

import argparse
import pathlib
import subprocess
import sys
import tempfile

import numpy
import onnxruntime

TYPES = {
    "tensor(float)": numpy.float32,
    "tensor(double)": numpy.float64,
    "tensor(float16)": numpy.float16,
    "tensor(int64)": numpy.int64,
    "tensor(int32)": numpy.int32,
    "tensor(uint8)": numpy.uint8,
    "tensor(bool)": numpy.bool_,
}


def inputs(session, shapes):
    random = numpy.random.default_rng(7)
    given = {}
    for value in session.get_inputs():
        dims = shapes.get(value.name)
        if dims is None:
            dims = [
                dim if isinstance(dim, int) and dim > 0 else (1 if i == 0 else 64)
                for i, dim in enumerate(value.shape)
            ]
        numbers = random.random(dims) * 2 - 1 if value.type.startswith("tensor(f") else random.integers(0, 100, dims)
        given[value.name] = numpy.asarray(numbers).astype(TYPES[value.type])
    return given


def compare(arguments, file, shapes):
    options = onnxruntime.SessionOptions()
    options.log_severity_level = 3
    session = onnxruntime.InferenceSession(str(file), options, providers=["CPUExecutionProvider"])
    given = inputs(session, shapes)
    expected = session.run(None, given)
    with tempfile.TemporaryDirectory() as folder:
        command = ["java", *arguments.java.split(), "run", str(file), "--engine", arguments.engine]
        for i, (name, numbers) in enumerate(given.items()):
            path = f"{folder}/in{i}.npy"
            numpy.save(path, numbers.astype(numpy.float32) if numbers.dtype != numpy.float64 else numbers)
            command += ["--input", f"{name}={path}"]
        outputs = [value.name for value in session.get_outputs()]
        for i, name in enumerate(outputs):
            command += ["--output", f"{name}={folder}/out{i}.npy"]
        run = subprocess.run(command, capture_output=True, text=True)
        if run.returncode != 0:
            return (run.stderr.strip() or run.stdout.strip()).splitlines()[0], 1
        worst = 0.0
        for i, wanted in enumerate(expected):
            found = numpy.load(f"{folder}/out{i}.npy")
            if found.shape != wanted.shape:
                return f"{outputs[i]} has the shape {found.shape}, not {wanted.shape}", 1
            largest = max(1e-3, float(numpy.max(numpy.abs(wanted), initial=0)))
            difference = numpy.abs(found.astype(numpy.float64) - wanted.astype(numpy.float64))
            worst = max(worst, float(numpy.max(difference, initial=0)) / largest)
        return f"{worst:.1e}", 0 if worst <= arguments.tolerance else 1


def main():
    parser = argparse.ArgumentParser()
    parser.add_argument("jar")
    parser.add_argument("files", nargs="+")
    parser.add_argument("--engine", default="onednn")
    parser.add_argument("--shape", action="append", default=[])
    parser.add_argument("--tolerance", type=float, default=1e-4)
    arguments = parser.parse_args()
    arguments.java = arguments.jar if arguments.jar.startswith("-") else f"-jar {arguments.jar}"
    shapes = {}
    for text in arguments.shape:
        name, dims = text.rsplit("=", 1)
        shapes[name] = [int(dim) for dim in dims.split(",")] if dims else []
    failed = 0
    for file in arguments.files:
        try:
            text, bad = compare(arguments, pathlib.Path(file), shapes)
        except Exception as failure:
            text, bad = str(failure).splitlines()[0], 1
        failed |= bad
        print("FAIL" if bad else "ok  ", pathlib.Path(file).name, text, flush=True)
    sys.exit(failed)


main()
