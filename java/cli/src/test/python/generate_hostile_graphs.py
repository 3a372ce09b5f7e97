"""Writes small models that stand for a great deal, as cases of GraphFuzz.

    python generate_hostile_graphs.py ../resources/org/conv4j/cli/fuzz/corpus
"""

import json
import pathlib
import sys


def tensor(layer, call=0):
    config = {"shape": [None, 4], "dtype": "float32", "keras_history": [layer, call, 0]}
    return {"class_name": "__keras_tensor__", "config": config}


def call(*arguments):
    return {"args": list(arguments), "kwargs": {}}


def layer(class_name, name, calls, module="keras.layers", **config):
    config["name"] = name
    return {"module": module, "class_name": class_name, "name": name, "config": config, "inbound_nodes": calls}


def operation(class_name, name, calls, **config):
    return layer(class_name, name, calls, "keras.src.ops.numpy", **config)


def model(name, layers, output, call_number=0):
    first = {"module": "keras.layers", "class_name": "InputLayer", "name": "x", "inbound_nodes": [],
             "config": {"name": "x", "batch_shape": [None, 4], "dtype": "float32"}}
    config = {"name": name, "layers": [first] + layers, "input_layers": [["x", 0, 0]],
              "output_layers": [[output, call_number, 0]]}
    return {"module": "keras.src.models.functional", "class_name": "Functional", "name": name, "config": config}


def chain_of_calls(inner, times):
    """A model that applies one layer or model several times, each to what it returned before."""
    inner["inbound_nodes"] = [call(tensor("x"))] + [call(tensor("i", i)) for i in range(times - 1)]
    last = times if inner["class_name"] == "Functional" else times - 1
    return inner, last


def nested(class_name, times, depth, **config):
    inner = layer(class_name, "i", [], **config)
    for _ in range(depth):
        inner, last = chain_of_calls(inner, times)
        inner = model("i", [inner], "i", last)
    return inner


def stubs(depth, times):
    """Each model has a large one and several that claim to be the same."""
    inner = model("i", [layer("ReLU", "r", [call(tensor("x"))])], "r")
    for level in range(depth):
        inner["inbound_nodes"] = [call(tensor("x"))]
        inner["shared_object_id"] = level + 1
        layers, previous = [inner], "i"
        for i in range(times - 1):
            stub = model("s%d" % i, [layer("ReLU", "r", [call(tensor("x"))])], "r")
            stub["shared_object_id"] = level + 1
            stub["inbound_nodes"] = [call(tensor(previous))]
            layers.append(stub)
            previous = "s%d" % i
        inner = model("i", layers, previous, 1)
    return inner


def array(*values):
    return {"class_name": "__numpy__", "config": {"value": [list(values)], "dtype": "float32"}}


def doubling(times):
    layers = [operation("Add", "c0", [call(array(1, 2, 3, 4), array(1, 2, 3, 4))])]
    for i in range(1, times):
        layers.append(operation("Add", "c%d" % i, [call(tensor("c%d" % (i - 1)), tensor("c%d" % (i - 1)))]))
    layers.append(operation("Add", "y", [call(tensor("x"), tensor("c%d" % (times - 1)))]))
    return model("m", layers, "y")


def repeated(*times):
    layers = [operation("Add", "c0", [call(array(1), array(1))])]
    for i, count in enumerate(times):
        layers.append(operation("Repeat", "c%d" % (i + 1), [call(tensor("c%d" % i))], repeats=count, axis=1))
    layers.append(operation("Sum", "s", [call(tensor("c%d" % len(times)))], axis=1, keepdims=True))
    layers.append(operation("Add", "y", [call(tensor("x"), tensor("s"))]))
    return model("m", layers, "y")


def image(class_name, shape=(4, 4, 3), **config):
    first = {"class_name": "InputLayer", "config": {"name": "x", "batch_shape": [None, *shape]}}
    config["name"] = "a"
    return {"module": "keras", "class_name": "Sequential",
            "config": {"name": "s", "layers": [first, {"class_name": class_name, "config": config}]}}


CASES = {
    "nested-identities": nested("Identity", 10, 15),
    "nested-relus": nested("ReLU", 2, 16),
    "nested-scales": nested("Rescaling", 2, 13, scale=1.0),
    "shared-stubs": stubs(6, 10),
    "constants-doubled": doubling(24),
    "constants-repeated": repeated(1024, 1024, 120),
    "crop-2-30": image("CenterCrop", height=2**30, width=1),
    "crop-2-31": image("CenterCrop", height=2**31 - 1, width=1),
    "resize-8000": image("Resizing", height=8000, width=8000),
    "upsample-30000": image("UpSampling2D", size=[30000, 30000]),
    "transpose-86046": image("Conv1DTranspose", shape=(1, 2), filters=3, kernel_size=[3], strides=[86046], padding="same"),
}

for name, config in CASES.items():
    case = {"seed": 1, "spoilt": False, "config": config}
    path = pathlib.Path(sys.argv[1]) / ("hostile-%s.json" % name)
    path.write_text(json.dumps(case, separators=(",", ":")) + "\n")
