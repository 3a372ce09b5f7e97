// Unpacks the MobileNetV2 of nsfwjs into a layers-model, and runs TensorFlow.js on it.
//
// node tfjs_nsfw.mjs FOLDER: the folder holds the unpacked package `package/`, `node_modules/` with
// @tensorflow/tfjs, and `input.bin`, a batch of float32 images. Written: `model/model.json`, the
// shards beside it, `output.bin` and `facts.json`.

import { mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { join, resolve } from 'node:path';

const folder = resolve(process.argv[2]);
const require = createRequire(join(folder, 'here.js'));
const tf = require('@tensorflow/tfjs');
const packed = (name) => require(join(folder, 'package/dist/models/mobilenet_v2', name));

/** The package wraps every file in a JavaScript module: topology as an object, shards as base64. */
function unpack() {
  const topology = packed('model.min.js');
  const target = join(folder, 'model');
  mkdirSync(target, { recursive: true });
  const shards = [];
  for (const group of topology.weightsManifest) {
    for (const path of group.paths) {
      const shard = Buffer.from(packed(`${path}.min.js`), 'base64');
      writeFileSync(join(target, path), shard);
      shards.push(shard);
    }
  }
  writeFileSync(join(target, 'model.json'), JSON.stringify(topology));
  return { topology, weights: Buffer.concat(shards) };
}

async function load({ topology, weights }) {
  const bytes = weights.buffer.slice(weights.byteOffset, weights.byteOffset + weights.byteLength);
  return tf.loadLayersModel(
    tf.io.fromMemory({
      modelTopology: topology.modelTopology,
      weightSpecs: topology.weightsManifest.flatMap((group) => group.weights),
      weightData: bytes,
    }),
  );
}

function readInput(shape) {
  const bytes = readFileSync(join(folder, 'input.bin'));
  const values = new Float32Array(bytes.buffer.slice(bytes.byteOffset, bytes.byteOffset + bytes.byteLength));
  return tf.tensor(values, [values.length / shape.reduce((a, b) => a * b), ...shape]);
}

await tf.setBackend('cpu');
const model = await load(unpack());
const output = model.predict(readInput(model.inputs[0].shape.slice(1)));
writeFileSync(join(folder, 'output.bin'), new Uint8Array(output.dataSync().buffer));
writeFileSync(
  join(folder, 'facts.json'),
  JSON.stringify({
    shape: output.shape,
    parameters: model.countParams(),
    layers: model.layers.length,
    tfjs: tf.version.tfjs,
  }),
);
