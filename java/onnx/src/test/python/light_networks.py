"""Gives the classic networks that the package onnx 1.21.0 holds without weights random ones.

    pip install onnx==1.21.0
    python light_networks.py FOLDER
"""

import pathlib
import sys

import numpy
import onnx
from onnx import numpy_helper


def main():
    folder = pathlib.Path(sys.argv[1])
    folder.mkdir(exist_ok=True)
    random = numpy.random.default_rng(5)
    for file in sorted((pathlib.Path(onnx.__file__).parent / "backend/test/data/light").glob("*.onnx")):
        model = onnx.load(file)
        shapes = {tensor.name: numpy_helper.to_array(tensor) for tensor in model.graph.initializer}
        variances = {node.input[4] for node in model.graph.node if node.op_type == "BatchNormalization"}
        kept = []
        for node in model.graph.node:
            if node.op_type != "ConstantOfShape" or node.input[0] not in shapes:
                kept.append(node)
                continue
            dims = [int(dim) for dim in shapes[node.input[0]]]
            name = node.output[0]
            if len(dims) > 1:
                numbers = random.normal(0, (2 / numpy.prod(dims[1:])) ** 0.5, dims)
            elif name in variances:
                numbers = random.uniform(0.5, 1.5, dims)
            else:
                numbers = random.uniform(-0.1, 0.5, dims)
            weights = numpy_helper.from_array(numbers.astype(numpy.float32), name)
            model.graph.initializer.append(weights)
        del model.graph.node[:]
        model.graph.node.extend(kept)
        onnx.save(model, folder / file.name)


main()
