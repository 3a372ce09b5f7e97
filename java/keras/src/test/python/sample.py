"""What one committed model is: how it is built, drawn, answered by Keras and written."""

import json
import zipfile
from dataclasses import dataclass, field
from pathlib import Path

from drawing import as_argument, draw_weights, generator, keras, np

TARGET = Path(__file__).resolve().parent.parent / "resources/models"
BATCH = 2

# Keras stores, a repacked archive deflates. Small files stay as Keras wrote them: both kinds exist.
_REPACK_ABOVE = 32_000


@dataclass
class Sample:
    """One model.

    `shapes` lists, for every golden, the shapes of the inputs without the batch; the default is the
    model's own. `pixels` says that the network scales its input itself. `formats` may name `keras`,
    `h5` and `weights` (a `config.json` with a `model.weights.h5`). `wide` is False where TensorFlow
    has no float64 kernel to check the golden with. `reloads` is False where Keras cannot read what it
    wrote.
    """

    name: str
    build: object = field(repr=False)
    features: list
    pixels: bool = False
    shapes: list = None
    formats: tuple = ("keras",)
    wide: bool = True
    reloads: bool = True


def write(sample):
    """Writes the files of a sample and returns its entry of the index."""
    keras.backend.clear_session()
    keras.utils.set_random_seed(1)
    model = sample.build()
    shapes = sample.shapes or [[tuple(x.shape[1:]) for x in model.inputs]]
    draw_weights(model, sample.name, _inputs(sample, shapes[0], "calibration", batch=8))
    goldens = [_golden(sample, model, shape, number) for number, shape in enumerate(shapes)]
    files = [path for kind in sample.formats for path in _WRITERS[kind](sample, model)]
    return entry(sample.name, files, goldens, model, sample.features)


def entry(name, files, goldens, model, features):
    return {
        "name": name,
        "files": files,
        "goldens": goldens,
        "class": type(model).__name__,
        "parameters": model.count_params(),
        "inputs": [{"name": x.name, "shape": list(x.shape)} for x in model.inputs],
        "outputs": [{"shape": list(x.shape)} for x in model.outputs],
        "features": features,
    }


def _inputs(sample, shapes, purpose, batch=BATCH):
    random = generator(sample.name, purpose)
    if sample.pixels:
        return [_pictures(random, (batch, *shape)) for shape in shapes]
    return [(random.integers(-32, 33, (batch, *s)) / 16).astype("float32") for s in shapes]


def _pictures(random, shape):
    """Noise over one colour a picture: pictures of noise alone are all the same to a network."""
    colours = random.integers(0, 256, (shape[0], 1, 1, shape[-1]))
    return ((colours + random.integers(0, 256, shape)) // 2).astype("float32")


def _golden(sample, model, shapes, number):
    inputs = _inputs(sample, shapes, f"golden {number}")
    narrow = any(layer.compute_dtype != "float32" for layer in model._flatten_layers())
    outputs = run(_at(model, "float32") if narrow else model, inputs)
    check(sample.name, outputs)
    exact = run(_at(model, "float64"), inputs, "float64") if sample.wide else outputs
    for ours, wide in zip(outputs, exact, strict=True):
        error = np.abs(ours - wide).max() / np.abs(wide).max()
        assert error < 1e-5, (sample.name, error)
    name = sample.name + (f"-{number}" if number else "") + ".npz"
    write_golden(TARGET / name, inputs, outputs)
    return name


def write_golden(path, inputs, outputs):
    tensors = {f"input_{i}": x for i, x in enumerate(inputs)}
    tensors |= {f"output_{i}": x for i, x in enumerate(outputs)}
    assert all(x.dtype == "float32" for x in tensors.values()), path
    np.savez_compressed(path, **tensors)


def run(model, inputs, dtype="float32"):
    inputs = [x.astype(dtype) for x in inputs]
    outputs = model(as_argument(inputs), training=False)
    return [np.asarray(x) for x in keras.tree.flatten(outputs)]


def check(name, outputs):
    """A network that fades out, saturates or ignores its input would hide every fault."""
    for output in outputs:
        size = np.abs(output).max()
        assert np.isfinite(output).all() and 1e-3 < size < 1e4, (name, size)
        assert np.ptp(output, axis=0).max() > 0.01 * size, (name, "the same for each of a batch")
        assert np.ptp(output) > 0.05 * size, (name, "constant")


def _at(model, dtype):
    """The same network, weights widened: in float64, what float32 rounds."""
    policies = model.to_json()
    for other in ("mixed_float16", "mixed_bfloat16", "float16", "bfloat16", "float32"):
        policies = policies.replace(f'"{other}"', f'"{dtype}"')
    twin = keras.models.model_from_json(policies)
    twin.set_weights([np.asarray(w).astype(dtype) for w in model.get_weights()])
    _restore_normalizations(twin)
    return twin


def _restore_normalizations(model):
    for layer in model._flatten_layers():
        if isinstance(layer, keras.layers.Normalization) and layer.input_mean is None:
            layer.finalize_state()


def _write_keras(sample, model):
    path = TARGET / f"{sample.name}.keras"
    model.save(path)
    if path.stat().st_size > _REPACK_ABOVE:
        _deflate(path)
        if sample.reloads:
            keras.models.load_model(path)
    return [path.name]


def _deflate(path):
    with zipfile.ZipFile(path) as archive:
        entries = {name: archive.read(name) for name in archive.namelist()}
    with zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED, compresslevel=9) as archive:
        for name, content in entries.items():
            archive.writestr(name, content)


def _write_h5(sample, model):
    path = TARGET / f"{sample.name}.h5"
    model.save(path)
    return [path.name]


def _write_weights(sample, model):
    folder = TARGET / sample.name
    folder.mkdir(exist_ok=True)
    document = keras.saving.serialize_keras_object(model)
    (folder / "config.json").write_text(json.dumps(document, indent=1) + "\n")
    model.save_weights(folder / "model.weights.h5")
    return [f"{sample.name}/config.json"]


_WRITERS = {"keras": _write_keras, "h5": _write_h5, "weights": _write_weights}
