"""Writes the two small ONNX models of the tests and the example."""

from pathlib import Path

import onnx
from onnx import TensorProto, helper, numpy_helper
import numpy as np

FOLDER = Path(__file__).parent.parent / "resources/org/conv4j/onnxruntime"


def write(name, nodes, inputs, outputs, constants=()):
    graph = helper.make_graph(nodes, name, inputs, outputs, constants)
    model = helper.make_model(graph, opset_imports=[helper.make_opsetid("", 13)], ir_version=8)
    onnx.checker.check_model(model)
    (FOLDER / f"{name}.onnx").write_bytes(model.SerializeToString())


def images(name):
    return helper.make_tensor_value_info(name, TensorProto.FLOAT, ["n", 8, 8, 1])


write(
    "scale",
    [helper.make_node("Div", ["pixels", "most"], ["image"])],
    [images("pixels")],
    [images("image")],
    [numpy_helper.from_array(np.float32(255), "most")],
)
write(
    "best",
    [helper.make_node("ArgMax", ["scores"], ["class"], axis=1, keepdims=0)],
    [helper.make_tensor_value_info("scores", TensorProto.FLOAT, ["n", 10])],
    [helper.make_tensor_value_info("class", TensorProto.INT64, ["n"])],
)
