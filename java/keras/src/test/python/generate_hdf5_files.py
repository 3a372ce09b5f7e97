"""Writes HDF5 files with every storage that h5py knows, and what h5py reads from them.

Usage: python generate_hdf5_files.py   (needs h5py and numpy; written with h5py 3.14, HDF5 1.14.6)
Beside each file X lies X.expected.npz: the arrays under their paths in the file.
"""

import ctypes
import pathlib

import h5py
import numpy as np

TARGET = pathlib.Path(__file__).parents[1] / "resources/org/conv4j/keras/hdf5"
RANDOM = np.random.default_rng(14)
VALUES = RANDOM.normal(size=(5, 8, 3)).astype("f4")
FILTERS = {
    "plain": {},
    "gzip": {"compression": 6},
    "shuffled": {"compression": 6, "shuffle": True},
    "fletcher": {"fletcher32": True},
    "all": {"compression": 6, "shuffle": True, "fletcher32": True},
    "lzf": {"compression": "lzf", "shuffle": True},
}
# What makes HDF5's newest version choose each index of chunks.
INDEXES = {
    "single": {"chunks": (5, 8, 3)},
    "fixed": {"chunks": (3, 4, 2)},
    "fixedgrowing": {"chunks": (3, 4, 2), "maxshape": (5, 20, 9)},
    "extensible": {"chunks": (3, 4, 2), "maxshape": (5, None, 3)},
    "extensiblefirst": {"chunks": (1, 2, 2), "maxshape": (None, 8, 5)},
    "tree": {"chunks": (3, 4, 2), "maxshape": (None, None, 3)},
    "deeptree": {"chunks": (1, 1, 1), "maxshape": (None, None, None)},
}


def chunks(file):
    for index, shape in INDEXES.items():
        for name, filters in FILTERS.items():
            if index != "deeptree" or name in ("plain", "fletcher"):
                file.create_dataset(f"{index}/{name}", data=VALUES, **shape, **filters)
    implicit = properties(file, (3, 4, 2))
    implicit.set_alloc_time(h5py.h5d.ALLOC_TIME_EARLY)
    create(file, "implicit/plain", VALUES.shape, implicit)[...] = VALUES
    shrunk = file.create_dataset("shrunk", data=VALUES, chunks=(2, 2, 2), maxshape=(None, 8, 3))
    shrunk.resize((3, 5, 2))



def sparse(file):
    """So many chunks that arrays of them have pages, of which few are there."""
    fixed = file.create_dataset("fixed", shape=(5000,), dtype="i1", chunks=(1,))
    growing = file.create_dataset(
        "growing", shape=(200000,), dtype="i1", chunks=(1,), maxshape=(None,), fillvalue=3
    )
    for at in [0, 1, 4, 1023, 1024, 2047, 3000, 4999]:
        fixed[at] = at % 100 + 1
    for at in [0, 3, 4, 20, 36, 700, 5000, 70000, 133000, 140001, 190000, 199999]:
        growing[at] = at % 100 + 1
    wide = file.create_dataset(
        "wide", shape=(3, 900), dtype="i1", chunks=(1, 1), maxshape=(3, None), compression=1
    )
    wide[1, 5:9] = 7
    wide[2, 899] = 8


def filters(file):
    for name, options in FILTERS.items():
        file.create_dataset(name, data=VALUES, chunks=(3, 4, 2), **options)
    repeats = np.repeat(np.arange(6, dtype="f4"), 700).reshape(60, 70)
    file.create_dataset("lzfruns", data=repeats, compression="lzf")
    odd = RANDOM.integers(0, 255, 2001).astype("u1")
    file.create_dataset("fletcherodd", data=odd, chunks=(667,), fletcher32=True)
    file.create_dataset("fletcherlong", data=odd.repeat(3), chunks=(6003,), fletcher32=True)
    # The checksum before the compression: its bytes are compressed too.
    first = properties(file, (3, 4, 2))
    first.set_fletcher32()
    first.set_deflate(6)
    create(file, "fletcherfirst", VALUES.shape, first)[...] = VALUES


def unsupported(file):
    file.create_dataset("scaleoffset", data=VALUES, chunks=(3, 4, 2), scaleoffset=2)
    file.create_dataset("szip", data=VALUES, chunks=(3, 4, 2), compression="szip")
    nbit = properties(file, (3, 4, 2))
    nbit.set_filter(h5py.h5z.FILTER_NBIT)
    create(file, "nbit", VALUES.shape, nbit)[...] = VALUES
    twice = properties(file, (3, 4, 2))
    twice.set_deflate(1)
    twice.set_deflate(2)
    create(file, "twice", VALUES.shape, twice)[...] = VALUES
    layout = h5py.VirtualLayout(shape=VALUES.shape, dtype="f4")
    layout[...] = h5py.VirtualSource("elsewhere.h5", "x", shape=VALUES.shape)
    file.create_virtual_dataset("virtual", layout)


def rare(file):
    file["number"] = np.dtype(">f4")
    text = h5py.string_dtype()
    file["text"] = np.dtype("S5")
    committed = file.create_dataset("committed", VALUES.shape, dtype=file["number"])
    committed[...] = VALUES
    committed.attrs.create("said", b"hello", dtype=file["text"])
    committed.attrs.create("none", h5py.Empty("f4"))
    committed.attrs.create("names", ["a", "later", ""], dtype=text)
    file.create_dataset("unwritten", shape=(3, 4), dtype="f4")
    file.create_dataset("unwrittenfilled", shape=(3, 4), dtype=">f8", fillvalue=2.5)
    partly = file.create_dataset(
        "partly", shape=(5, 6), dtype=">i2", chunks=(2, 4), fillvalue=-7, compression=1
    )
    partly[2:4, 4:6] = [[1, 2], [3, 4]]
    compact = h5py.h5p.create(h5py.h5p.DATASET_CREATE)
    compact.set_layout(h5py.h5d.COMPACT)
    create(file, "compact", VALUES.shape, compact)[...] = VALUES
    if file.libver[0] != "earliest" and file.libver[1] != "v108":
        # h5py has no function for this option of the newer layouts.
        library = ctypes.CDLL(next(pathlib.Path(h5py.__path__[0] + ".libs").glob("libhdf5-*")))
        overlaps = properties(file, (3, 4, 2))
        overlaps.set_deflate(6)
        assert library.H5Pset_chunk_opts(ctypes.c_int64(overlaps.id), ctypes.c_uint(2)) == 0
        create(file, "overlaps", VALUES.shape, overlaps)[...] = VALUES
    ordered = file.create_group("ordered", track_order=True)
    for i in range(20):
        ordered[f"{99 - i}"] = np.float32(i)
        ordered.attrs[f"z{99 - i}"] = f"text {i}"
    file.create_group("fewordered", track_order=True)["x"] = np.float32(4)


def links(file):
    file["real/kernel"] = VALUES
    file["real/inner/bias"] = VALUES[0, 0]
    file["absolute"] = h5py.SoftLink("/real")
    file["real/relative"] = h5py.SoftLink("inner/bias")
    file["real/dotted"] = h5py.SoftLink("./inner//bias")
    file["chain0"] = h5py.SoftLink("/absolute/relative")
    for i in range(1, 17):
        file[f"chain{i}"] = h5py.SoftLink(f"chain{i - 1}")
    file["hard"] = file["real"]
    file["real/inner/again"] = file["real/kernel"]
    file["circle"] = h5py.SoftLink("/ring")
    file["ring"] = h5py.SoftLink("/circle")
    file["self"] = h5py.SoftLink("self/self")
    file["real/parent"] = file["/"]
    file["dangling"] = h5py.SoftLink("/real/none")
    file["through"] = h5py.SoftLink("/real/kernel/more")
    file["external"] = h5py.ExternalLink("other.h5", "/x")


def properties(file, shape):
    properties = h5py.h5p.create(h5py.h5p.DATASET_CREATE)
    properties.set_chunk(shape)
    return properties


def create(file, name, shape, properties):
    parent, _, last = name.rpartition("/")
    group = file.require_group(parent) if parent else file
    space = h5py.h5s.create_simple(shape)
    made = h5py.h5d.create(group.id, last.encode(), h5py.h5t.IEEE_F32LE, space, properties)
    return h5py.Dataset(made)


def write(name, fill, libver, user_block=0, skip=()):
    path = TARGET / name
    with h5py.File(path, "w", libver=libver, userblock_size=user_block) as file:
        fill(file)
    arrays = {}

    def visit(name, item):
        if isinstance(item, h5py.Dataset) and name not in skip:
            arrays[name] = item[()]

    with h5py.File(path) as file:
        file.visititems(visit)
    np.savez_compressed(TARGET / (name + ".expected.npz"), **arrays)


if __name__ == "__main__":
    TARGET.mkdir(parents=True, exist_ok=True)
    write("chunks.h5", chunks, "latest")
    write("chunks-old.h5", chunks, "earliest")
    write("sparse.h5", sparse, "latest")
    write("filters.h5", filters, "earliest")
    write("rare.h5", rare, "earliest", user_block=512)
    write("rare-latest.h5", rare, "latest")
    write("rare-108.h5", rare, ("v108", "v108"))
    for style in ["earliest", "latest"]:
        with h5py.File(TARGET / f"links-{style}.h5", "w", libver=style) as file:
            links(file)
    with h5py.File(TARGET / "unsupported.h5", "w", libver="latest") as file:
        unsupported(file)
