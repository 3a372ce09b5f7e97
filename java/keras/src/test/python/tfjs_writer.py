"""Writes a TensorFlow.js layers-model, `model.json` and shards, as tensorflowjs_converter does."""

import json

from drawing import np

_SHARD_BYTES = 500  # Small, so that tensors run on from one shard into the next.


def write_tfjs(folder, model, quantization=None, groups=1):
    """Writes a Keras 2 model and returns its weights as a reader must see them, in their order."""
    folder.mkdir(exist_ok=True)
    manifest, seen = [], []
    for number, chosen in enumerate(np.array_split(np.arange(len(model.weights)), groups), 1):
        data, entries = b"", []
        for index in chosen:
            variable = model.weights[index]
            description, content, value = _pack(np.asarray(variable), quantization)
            entries.append({"name": variable.name.split(":")[0], **description})
            data += content
            seen.append(value)
        shards = [data[i : i + _SHARD_BYTES] for i in range(0, len(data), _SHARD_BYTES)]
        paths = [f"group{number}-shard{i}of{len(shards)}.bin" for i in range(1, len(shards) + 1)]
        for path, shard in zip(paths, shards, strict=True):
            (folder / path).write_bytes(shard)
        manifest.append({"paths": paths, "weights": entries})
    topology = json.loads(model.to_json())
    document = {
        "format": "layers-model",
        "generatedBy": "keras v" + topology["keras_version"],
        "convertedBy": "tfjs_writer.py",
        "modelTopology": {
            "keras_version": topology["keras_version"],
            "backend": "tensorflow",
            "model_config": {"class_name": topology["class_name"], "config": topology["config"]},
        },
        "weightsManifest": manifest,
    }
    (folder / "model.json").write_text(json.dumps(document) + "\n")
    return seen


def _pack(value, quantization):
    """Affine for integers: value = stored * scale + min. Zero stays exact if it is in the range."""
    description = {"shape": list(value.shape), "dtype": "float32"}
    if quantization is None:
        return description, value.tobytes(), value
    if quantization == "float16":
        stored = value.astype("float16")
        description["quantization"] = {"dtype": "float16", "original_dtype": "float32"}
        return description, stored.tobytes(), stored.astype("float32")
    low, high = float(value.min()), float(value.max())
    scale = (high - low) / np.iinfo(quantization).max or 1.0
    if low <= 0 <= high:
        low = round(low / scale) * scale
    stored = np.clip(np.round((value - low) / scale), 0, np.iinfo(quantization).max)
    stored = stored.astype(quantization)
    description["quantization"] = {
        "min": low,
        "scale": scale,
        "dtype": quantization,
        "original_dtype": "float32",
    }
    seen = (stored.astype("float64") * scale + low).astype("float32")
    return description, stored.astype(f"<{stored.dtype.str[1:]}").tobytes(), seen
