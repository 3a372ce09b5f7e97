"""Writes the committed models: what real Keras saves, and what it answers.

Run, from this directory, in a fresh environment with Python 3.11 or later:

    python -m venv venv && venv/bin/pip install -r requirements.txt
    venv/bin/python small_models.py [NAME ...]

Without names it takes about five minutes and rewrites all of ../resources/models. Every golden is
checked while it is made: the same network in float64 must agree within 1e-5 of the largest output,
and an output must be finite, must vary, and must depend on the input. Golden inputs and outputs are
float32 for every model; weights in half precision are widened first.
"""

import argparse
import json
import warnings

from families import families
from graphs import graphs
from networks import networks
from sample import TARGET, write

from drawing import keras

_LIMIT = 4_250_000


def main():
    parser = argparse.ArgumentParser(description="Writes the committed models.")
    parser.add_argument("names", nargs="*", help="only these")
    only = parser.parse_args().names
    warnings.filterwarnings("ignore")
    TARGET.mkdir(parents=True, exist_ok=True)
    samples = [*families(), *networks(), *graphs()]
    assert len({sample.name for sample in samples}) == len(samples)
    for sample in samples:
        if not only or sample.name in only:
            update_index([write(sample)])
            print(sample.name, flush=True)
    check_size()


def check_size():
    size = sum(path.stat().st_size for path in TARGET.rglob("*") if path.is_file())
    print(f"{size} bytes")
    assert size < _LIMIT, size


def update_index(entries):
    """Replaces or adds entries: the models of Keras 2 are written by another program."""
    path = TARGET / "index.json"
    models = json.loads(path.read_text())["models"] if path.exists() else []
    by_name = {entry["name"]: entry for entry in [*models, *entries]}
    rows = ",\n".join(json.dumps(by_name[name], ensure_ascii=False) for name in sorted(by_name))
    path.write_text(f'{{"keras": "{keras.__version__}", "models": [\n{rows}\n]}}\n', "utf-8")


if __name__ == "__main__":
    main()
