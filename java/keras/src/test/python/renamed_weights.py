"""Changes the names of weights in legacy files: writes ../resources/renamed from ../resources/answers.

Run from this directory after answers.py, with h5py: python renamed_weights.py
"""

import shutil
from pathlib import Path

import h5py

RESOURCES = Path(__file__).parent.parent / "resources"
TARGET = RESOURCES / "renamed"


def main():
    TARGET.mkdir(exist_ok=True)
    # As TensorFlow 1 named the layers of a model that was loaded twice.
    write("numbered", "keras2_frozen_parts_h5", lambda name: name.replace("/", "_1/"))
    # Layers that were renamed after they had been built: the names tell nothing.
    write("unknown", "keras2_thawed_last_layer_h5", lambda name: "once_" + name)
    write("unknown3", "keras3_frozen_parts_h5", lambda name: "once_" + name)
    # Names that contradict the order.
    write("exchanged", "keras3_thawed_last_layer_h5", exchange("stem_0", "stem_1"))
    write("exchanged2", "keras2_frozen_parts_h5", exchange("first", "second"))
    write("variables", "keras2_frozen_parts_h5", exchange("gamma", "beta"))
    with copy("layers", "keras2_thawed_last_layer_h5") as file:
        names = list(file["model_weights"].attrs["layer_names"])
        at, other = names.index("base"), names.index("dense")
        names[at], names[other] = names[other], names[at]
        file["model_weights"].attrs["layer_names"] = names


def exchange(one, other):
    def rename(name):
        return name.replace(one, "?").replace(other, one).replace("?", other)

    return rename


def write(target, source, rename):
    with copy(target, source) as file:
        group = file["model_weights/base"]
        names = [name if isinstance(name, str) else name.decode() for name in group.attrs["weight_names"]]
        values = [group[name][()] for name in names]
        for key in list(group):
            del group[key]
        group.attrs["weight_names"] = [rename(name).encode() for name in names]
        for name, value in zip(names, values, strict=True):
            group[rename(name)] = value


def copy(target, source):
    path = TARGET / f"{target}.h5"
    shutil.copyfile(RESOURCES / "answers" / source / "model.h5", path)
    return h5py.File(path, "r+")


if __name__ == "__main__":
    main()
