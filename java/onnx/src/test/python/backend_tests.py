"""Packs ONNX's backend tests, which the package onnx 1.21.0 holds, into archives.

    pip install onnx==1.21.0
    python backend_tests.py all.zip              all that the lists name
    python backend_tests.py --sample sample.zip  for each operator the smallest of them

The first is for the system property conv4j.onnx.backend of BackendTest, or for the environment
variable CONV4J_ONNX_BACKEND_TESTS; the second is what is committed.
"""

import argparse
import pathlib
import zipfile

import onnx

LISTS = pathlib.Path(__file__).parent.parent / "resources/org/conv4j/onnx/backend"
SUITES = ["node", "pytorch-converted", "pytorch-operator", "simple"]
SAMPLE_BYTES = 16_000


def tests(data, suite):
    for line in (LISTS / f"{suite}.tsv").read_text().splitlines()[1:]:
        name, tier, operator = line.split("\t")[:3]
        folder = data / suite / name
        if folder.is_dir():
            files = [folder / "model.onnx", *sorted(folder.glob("test_data_set_0/*.pb"))]
            yield tier, operator, files, sum(file.stat().st_size for file in files)


def main():
    parser = argparse.ArgumentParser()
    parser.add_argument("archive")
    parser.add_argument("--sample", action="store_true")
    arguments = parser.parse_args()
    data = pathlib.Path(onnx.__file__).parent / "backend/test/data"
    chosen = []
    for suite in SUITES:
        smallest = {}
        for tier, operator, files, size in tests(data, suite):
            if not arguments.sample:
                chosen += files
            elif size <= SAMPLE_BYTES and tier in "FRS":
                key = tier, operator
                if key not in smallest or size < smallest[key][0]:
                    smallest[key] = size, files
        for _, files in smallest.values():
            chosen += files
    with zipfile.ZipFile(arguments.archive, "w", zipfile.ZIP_DEFLATED, compresslevel=9) as archive:
        for file in chosen:
            info = zipfile.ZipInfo(str(file.relative_to(data)), (2026, 1, 1, 0, 0, 0))
            info.compress_type = zipfile.ZIP_DEFLATED
            archive.writestr(info, file.read_bytes())


main()
