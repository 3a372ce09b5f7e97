"""Writes the golden files of the layers without a convolution, and of operation nodes.

Run like generate_goldens.py, in the same environment:

    venv/bin/python generate_network_goldens.py [GROUP ...]

It takes two to five minutes and rewrites network-*.json and network-*.npz in
../resources/org/conv4j/testkit/goldens. Every answer is checked against float64 while it is made.
"""

import sys
import warnings

from golden_network import keras, np, solve_network
from golden_operations import operations
import golden_network_layers as network_layers
from golden_network_attention import attention
from golden_network_recurrent import recurrent
from generate_goldens import TARGET, write_json  # After golden_network, which chooses the backend.

GROUPS = {
    "pooling": network_layers.pooling,
    "shaping": network_layers.shaping,
    "normalizations": network_layers.normalizations,
    "activations": network_layers.activations,
    "identities": network_layers.identities,
    "merging": network_layers.merging,
    "preprocessing": network_layers.preprocessing,
    "recurrent": recurrent,
    "attention": attention,
    "operations": operations,
}
COUNT = 848


def main():
    warnings.filterwarnings("ignore")
    chosen = sys.argv[1:] or GROUPS
    count = sum(write_group(name, map(solve_network, GROUPS[name]())) for name in chosen)
    size = sum(path.stat().st_size for path in TARGET.glob("network-*"))
    print(f"{count} cases, {size} bytes")
    assert count == COUNT or sys.argv[1:], count
    assert size < 2_500_000, size


def write_group(name, solved):
    """Returns how many cases there were."""
    rows, tensors = [], {}
    for row, answers in solved:
        rows.append(row)
        tensors.update({f"{row['id']}/{key}": value for key, value in answers.items()})
    assert len({row["id"] for row in rows}) == len(rows), name
    write_json(f"network-{name}.json", {"keras": keras.__version__, "cases": rows}, rows="cases")
    np.savez_compressed(TARGET / f"network-{name}.npz", **tensors)
    print(name, len(rows), flush=True)
    return len(rows)


if __name__ == "__main__":
    main()
