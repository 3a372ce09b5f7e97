"""Writes small model files in every format that Keras has, and what is in them.

Usage: python generate_weight_files.py   (needs weight_files_requirements.txt)
Beside each file X lies X.expected.npz: the weights as NumPy reads them, in their order, under the
names "path/position" (Keras 3) or "layer|weight" (legacy HDF5 and TensorFlow.js).
"""

import contextlib
import io
import json
import os
import pathlib
import shutil
import sys
import types
import zipfile

os.environ["KERAS_BACKEND"] = "jax"
os.environ["TF_USE_LEGACY_KERAS"] = "1"

import h5py
import keras
import ml_dtypes
import numpy as np
from keras import layers
from keras.src.legacy.saving import legacy_h5_format
from keras.src.saving import saving_lib

TARGET = pathlib.Path(__file__).parents[1] / "resources/org/conv4j/keras/file"
RANDOM = np.random.default_rng(20)


def small_model():
    inputs = keras.Input((8, 8, 3), name="image")
    x = layers.Conv2D(4, 3, padding="same", name="stem")(inputs)
    x = layers.BatchNormalization()(x)
    x = layers.SeparableConv2D(5, 3)(x)
    x = layers.Dropout(0.5, seed=1)(x)
    inner = keras.Sequential(
        [
            keras.Input((6, 6, 5)),
            layers.Conv2D(2, 3, use_bias=False),
            layers.PReLU(shared_axes=[1, 2]),
        ],
        name="inner",
    )
    x = inner(x)
    x = layers.Conv2D(2, 1, dtype="bfloat16")(x)
    x = layers.Flatten()(x)
    x = layers.Dense(3, dtype="float16")(x)
    x = layers.Dense(2, dtype="float32")(x)
    return randomized(keras.Model(inputs, x, name="small"))


def deep_model():
    """So many layers that HDF5's new style keeps their links in a heap."""
    model = keras.Sequential([keras.Input((3,))] + [layers.Dense(3) for _ in range(40)])
    return randomized(model)


def randomized(model):
    for weight in model.weights:
        weight.assign(RANDOM.normal(size=weight.shape))
    return model


def number_of(array):
    return array.view(ml_dtypes.bfloat16).astype("float32") if array.dtype.kind == "V" else array


def tree(file):
    """The weights of a file of Keras 3."""
    found = {}

    def visit(name, item):
        path = name.split("/")
        if isinstance(item, h5py.Dataset) and path[-2] == "vars":
            found["/".join(path[:-2] + path[-1:])] = number_of(item[()])

    file.visititems(visit)
    return found


def ordered(file):
    """The weights of a legacy file."""
    group = file["model_weights"] if "model_weights" in file else file
    names = legacy_h5_format.load_attributes_from_hdf5_group
    return {
        f"{layer}|{weight}": number_of(group[layer][weight][()])
        for layer in names(group, "layer_names")
        for weight in names(group[layer], "weight_names")
    }


def expect(name, weights):
    np.savez_compressed(TARGET / (name + ".expected.npz"), **weights)


def expect_archive(name):
    with zipfile.ZipFile(TARGET / name) as archive:
        with h5py.File(io.BytesIO(archive.read("model.weights.h5"))) as file:
            expect(name, tree(file))


def deflated(source, target):
    with zipfile.ZipFile(source) as old:
        with zipfile.ZipFile(target, "w", zipfile.ZIP_DEFLATED) as new:
            for name in old.namelist():
                new.writestr(zipfile.ZipInfo(name), old.read(name), zipfile.ZIP_DEFLATED)


@contextlib.contextmanager
def style(version):
    """Makes h5py write the oldest or the newest version of every structure."""
    original = h5py.File

    class StyledFile(original):
        def __init__(self, *arguments, **options):
            super().__init__(*arguments, libver=version, **options)

    h5py.File = StyledFile
    try:
        yield
    finally:
        h5py.File = original


def keras_three():
    model = small_model()
    model.save(TARGET / "keras3.keras")
    expect_archive("keras3.keras")
    deflated(TARGET / "keras3.keras", TARGET / "deflated.keras")
    model.save(TARGET / "keras3.h5")
    with h5py.File(TARGET / "keras3.h5") as file:
        expect("keras3.h5", ordered(file))

    saving_lib.save_model(model, TARGET / "folder", zipped=False)
    with h5py.File(TARGET / "folder/model.weights.h5") as file:
        expect("folder", tree(file))

    sharded = TARGET / "sharded"
    sharded.mkdir()
    (sharded / "config.json").write_text(model.to_json())
    model.save_weights(sharded / "model.weights.json", max_shard_size=800 / 2**30)
    weights = {}
    for shard in sorted(sharded.glob("*.h5")):
        with h5py.File(shard) as file:
            weights |= tree(file)
    expect("sharded", weights)

    deep = deep_model()
    with style("latest"):
        deep.save(TARGET / "newstyle.keras")
        deep.save(TARGET / "newstyle.h5")
    expect_archive("newstyle.keras")
    with h5py.File(TARGET / "newstyle.h5") as file:
        expect("newstyle.h5", ordered(file))

    limit = legacy_h5_format.HDF5_OBJECT_HEADER_LIMIT
    legacy_h5_format.HDF5_OBJECT_HEADER_LIMIT = 200
    deep.save(TARGET / "splitnames.h5")
    legacy_h5_format.HDF5_OBJECT_HEADER_LIMIT = limit
    with h5py.File(TARGET / "splitnames.h5") as file:
        assert "layer_names0" in file["model_weights"].attrs
        expect("splitnames.h5", ordered(file))


def keras_two():
    import tf_keras

    model = tf_keras.Sequential(
        [
            tf_keras.Input((8, 8, 3)),
            tf_keras.layers.Conv2D(4, 3),
            tf_keras.layers.BatchNormalization(),
            tf_keras.layers.DepthwiseConv2D(3, name="block/depthwise"),
            tf_keras.layers.Flatten(),
            tf_keras.layers.Dense(50),
        ]
    )
    for weight in model.weights:
        weight.assign(RANDOM.normal(size=weight.shape))
    model.save(TARGET / "keras2.h5")
    model.save(TARGET / "keras2.keras")
    expect_archive("keras2.keras")
    weights_only = TARGET / "keras2weights"
    weights_only.mkdir()
    (weights_only / "config.json").write_text(model.to_json())
    model.save_weights(weights_only / "weights.h5")
    with h5py.File(TARGET / "keras2.h5") as file:
        expect("keras2.h5", ordered(file))
        expect("keras2weights", ordered(file))
    return model


def types_and_layouts():
    """What h5py can write and Keras does not: other types, byte orders, chunks, filters."""
    values = RANDOM.normal(size=(7, 11, 3))
    arrays = {
        "float64": values,
        "bigendian": values.astype(">f4"),
        "float16": values.astype("f2"),
        "int8": (values * 40).astype("i1"),
        "uint16": (abs(values) * 9000).astype("u2"),
        "int32": (values * 1e8).astype("i4"),
        "uint64": (abs(values) * 1e18).astype("u8"),
        "bool": values > 0,
        "scalar": np.float32(2.5),
    }
    float32 = values.astype("f4")
    for version in ["earliest", "latest"]:
        name = f"types-{version}.h5"
        with h5py.File(TARGET / name, "w", libver=version) as file:
            group = file.create_group("layers/x/vars")
            for key, array in arrays.items():
                group[key] = array
            group.create_dataset("compact", data=float32, dcpl=compact())
            if version == "earliest":
                group.create_dataset("chunks", data=float32, chunks=(3, 4, 2))
                group.create_dataset("gzip", data=float32, chunks=(2, 11, 3), compression=6)
                group.create_dataset(
                    "shuffled", data=float32, chunks=(7, 5, 3), compression=9, shuffle=True
                )
                group.create_dataset(
                    "manychunks", data=float32[:3], chunks=(1, 1, 1), compression=1, shuffle=True
                )
            for i in range(30):
                group.attrs[f"attribute{i}"] = f"text {i}"
            if version == "latest":
                group.attrs["huge"] = [f"{i:05}".encode() for i in range(2000)]
            group.attrs["fixed"] = np.array([b"one", b"two", b"three"])
            for i in range(130):
                file.create_group(f"layers/many/child{i}")
            expect(name, tree(file))


def compact():
    properties = h5py.h5p.create(h5py.h5p.DATASET_CREATE)
    properties.set_layout(h5py.h5d.COMPACT)
    return properties


def tensorflow_js():
    """The converter's own writer; its package cannot be imported whole without its dependencies."""
    import importlib.util

    package = types.ModuleType("tensorflowjs")
    spec = importlib.util.find_spec("tensorflowjs")
    package.__path__ = list(spec.submodule_search_locations)
    sys.modules["tensorflowjs"] = package
    converters = types.ModuleType("tensorflowjs.converters")
    converters.__path__ = [package.__path__[0] + "/converters"]
    sys.modules["tensorflowjs.converters"] = converters
    from tensorflowjs import read_weights
    from tensorflowjs.converters import keras_h5_conversion as conversion

    for quantization in [None, "uint8", "uint16", "float16"]:
        name = "tfjs" if quantization is None else f"tfjs-{quantization}"
        topology, groups = conversion.h5_merged_saved_model_to_tfjs_format(
            str(TARGET / "keras2.h5")
        )
        groups[0].append(
            {"name": "extra/counts", "data": RANDOM.integers(-9, 9, (5,)).astype("int32")}
        )
        groups[0].append({"name": "extra/flags", "data": np.array([True, False, True])})
        (TARGET / name).mkdir()
        conversion.write_artifacts(
            topology,
            groups,
            str(TARGET / name),
            quantization_dtype_map={quantization: ["*kernel", "*gamma"]} if quantization else None,
            weight_shard_size_bytes=3000,
        )
        manifest = json.loads((TARGET / name / "model.json").read_text())["weightsManifest"]
        entries = read_weights.read_weights(manifest, str(TARGET / name), flatten=True)
        expect(name, {by_layer(e["name"]): e["data"] for e in entries})


def fuzz_seeds():
    """A start for the fuzzers: models as small as can be."""
    model = randomized(keras.Sequential([keras.Input((2,)), layers.Dense(2), layers.Dropout(0.5)]))

    def seed(test, name):
        folder = TARGET / f"{test}Inputs/readsOrRefuses"
        folder.mkdir(parents=True, exist_ok=True)
        return folder / name

    model.save(seed("ArchiveFuzzTest", "stored.keras"))
    deflated(seed("ArchiveFuzzTest", "stored.keras"), seed("ArchiveFuzzTest", "deflated.keras"))
    for version in ["earliest", "latest"]:
        with style(version):
            model.save(seed("LegacyHdf5FuzzTest", f"{version}.h5"))
            model.save_weights(seed("WeightTreeFuzzTest", f"{version}.weights.h5"))
            heaps(seed("WeightTreeFuzzTest", f"{version}-heaps.h5"), version)
    for name in ["tfjs", "tfjs-uint8"]:
        text = (TARGET / name / "model.json").read_text()
        joined = text.encode() + b"\0"
        for group in json.loads(text)["weightsManifest"]:
            for path in group["paths"]:
                content = (TARGET / name / path).read_bytes()
                joined += len(content).to_bytes(2, "little") + content
        seed("JavascriptFuzzTest", f"{name}.bin").write_bytes(joined)


def heaps(path, version):
    with h5py.File(path, "w") as file:
        for i in range(12):
            file.create_group(f"layers/x{i}/vars").attrs["name"] = "x"
            file["layers/x0/vars"].attrs[f"attribute{i}"] = [b"a", b"b"]
        if version == "earliest":
            file["layers/x0/vars"].create_dataset(
                "0",
                data=np.arange(12, dtype="f2").reshape(3, 4),
                chunks=(2, 3),
                compression=9,
                shuffle=True,
            )


def by_layer(name):
    return name.rsplit("/", 1)[0] + "|" + name


if __name__ == "__main__":
    keras.utils.set_random_seed(20)
    for old in TARGET.glob("*"):
        if not old.name.endswith("Inputs"):
            shutil.rmtree(old) if old.is_dir() else old.unlink()
    TARGET.mkdir(parents=True, exist_ok=True)
    keras_three()
    keras_two()
    types_and_layouts()
    tensorflow_js()
    fuzz_seeds()
