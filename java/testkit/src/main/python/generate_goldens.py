"""Writes the golden files of the test kit: what real Keras answers.

Run, from this directory, in a fresh environment with Python 3.11 or later:

    python -m venv venv && venv/bin/pip install -r requirements.txt
    venv/bin/python generate_goldens.py

It takes five to fifteen minutes and rewrites ../resources/org/conv4j/testkit/goldens. The files depend
only on the versions in requirements.txt and, in the last bits of the transcendental functions, on
the processor. Keras runs on its JAX backend, which has channels_first, grouped, float64 and
asymmetrically strided convolutions on CPU. Every answer is checked while it is made: against the
same layer in float64, channels last, with the activation applied afterwards. Without an activation
the two are equal to the last bit, because inputs and weights have few bits.

Known to the backend, and avoided here: XLA aborts on some transposed 2-D convolutions whose kernel
outgrows its input in one dimension but not in the other.
"""

import json
import warnings
from collections import defaultdict
from pathlib import Path

from golden_case import RANKS, keras, np, solve
from golden_arithmetic import arithmetic
from golden_layers import all_cases
from golden_older_forms import older_cases
from golden_rejected import rejected

from keras.src.legacy.saving.saving_utils import model_from_config  # reads .h5 files

TARGET = Path(__file__).resolve().parent.parent / "resources/org/conv4j/testkit/goldens"
COUNT = 834


def main():
    warnings.filterwarnings("ignore")
    TARGET.mkdir(parents=True, exist_ok=True)
    write_json("arithmetic.json", arithmetic(), rows="rows")
    write_json("rejected.json", rejected(), rows="cases")
    cases, count = defaultdict(list), 0
    for case in [*all_cases(), *older_cases()]:
        cases[case.kind].append(solve(case))
        count += 1
    read_by_keras = sum(write_layer(kind, cases[kind]) for kind in RANKS)
    assert read_by_keras == 10, read_by_keras
    older = sum(answer.case.rewrite is not None for answers in cases.values() for answer in answers)
    size = sum(path.stat().st_size for path in TARGET.iterdir())
    print(f"{count} cases ({older} in older forms), {size} bytes")
    assert count == COUNT, count
    assert older == 28, older
    assert size < 2_500_000, size


def write_layer(kind, answers):
    """Returns how many older forms Keras 3 reads itself."""
    rows, tensors, read = [], {}, 0
    for answer in answers:
        case, layer = answer.case, answer.layer
        if case.arguments.get("activation") in ("swish", "hard_swish"):
            # Keras 3 reads these names and writes silu and hard_silu; Keras 2 wrote swish.
            layer["config"]["activation"] = case.arguments["activation"]
        if case.rewrite:
            layer = case.rewrite(layer, case.input_shape)
            read += keras_agrees(layer, answer)
        rows.append(
            {
                "id": case.id,
                "dtype": case.dtype,
                "layer": layer,
                "input_shape": case.input_shape,
                "output_shape": answer.tensors["output"].shape,
            }
        )
        tensors.update({f"{case.id}/{name}": value for name, value in answer.tensors.items()})
    assert len({row["id"] for row in rows}) == len(rows)
    write_json(f"{kind}.json", {"keras": keras.__version__, "cases": rows}, rows="cases")
    np.savez_compressed(TARGET / f"{kind}.npz", **tensors)
    return read


def keras_agrees(older, answer):
    """An older description must mean the layer that we ran. False if Keras 3 cannot read it."""
    try:
        layer = model_from_config(json.loads(json.dumps(older)))
    except (TypeError, ValueError):
        return False
    layer.build(answer.case.input_shape)
    for variable in layer.weights:
        variable.assign(answer.tensors[variable.name])
    output = np.asarray(layer(answer.tensors["input"]))
    np.testing.assert_array_equal(output, answer.tensors["output"], err_msg=answer.case.id)
    return True


def write_json(name, document, rows):
    """Compact, but one row a line, so that a change shows as a change of its row."""
    head = {key: value for key, value in document.items() if key != rows}
    lines = ",\n".join(json.dumps(row, separators=(",", ":")) for row in document[rows])
    start = json.dumps(head, separators=(",", ":"))[:-1] + ("," if head else "")
    text = f'{start}"{rows}":[\n{lines}\n]}}\n'
    assert json.loads(text)
    (TARGET / name).write_text(text)


if __name__ == "__main__":
    main()
