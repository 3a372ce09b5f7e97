// Writes the models of TensorFlow.js in ../resources/answers and what it answers.
//
// npm install @tensorflow/tfjs@4.22.0 in a folder, then: node answers.mjs FOLDER

import { mkdirSync, writeFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { dirname, join, resolve } from 'node:path';
import { fileURLToPath } from 'node:url';

const require = createRequire(join(resolve(process.argv[2]), 'here.js'));
const tf = require('@tensorflow/tfjs');
const target = join(dirname(fileURLToPath(import.meta.url)), '../resources/answers');

let state = 1;

/** Numbers from -2 to 2, the same in every run. */
function draw(shape) {
  const values = Float32Array.from({ length: tf.util.sizeFromShape(shape) }, () => {
    state = (state * 48271) % 2147483647;
    return (state / 2147483647) * 4 - 2;
  });
  return tf.tensor(values, shape);
}

function npy(path, tensor) {
  let header = `{'descr': '<f4', 'fortran_order': False, 'shape': (${tensor.shape.join(', ')},), }`;
  header = header.padEnd(Math.ceil((header.length + 11) / 64) * 64 - 11) + '\n';
  const start = Buffer.from([0x93, 0x4e, 0x55, 0x4d, 0x50, 0x59, 1, 0, header.length & 255, header.length >> 8]);
  writeFileSync(path, Buffer.concat([start, Buffer.from(header), Buffer.from(tensor.dataSync().buffer)]));
}

async function save(name, inputShape, layers) {
  const model = tf.sequential();
  layers[0].batchInputShape = [null, ...inputShape];
  for (const layer of layers) {
    model.add(layer);
  }
  // Vectors are positive: one of them is a variance.
  const weight = ({ shape }) => (shape.length === 1 ? draw(shape).abs().add(0.5) : draw(shape));
  model.setWeights(model.getWeights().map(weight));
  const input = draw([2, ...inputShape]);
  const folder = join(target, `tfjs_${name}`);
  mkdirSync(join(folder, 'model'), { recursive: true });
  npy(join(folder, 'in_0.npy'), input);
  npy(join(folder, 'out_0.npy'), model.predict(input));
  await model.save({
    async save(artifacts) {
      const manifest = [{ paths: ['weights.bin'], weights: artifacts.weightSpecs }];
      const { modelTopology, format, generatedBy, convertedBy } = artifacts;
      const json = { modelTopology, format, generatedBy, convertedBy, weightsManifest: manifest };
      writeFileSync(join(folder, 'model/model.json'), JSON.stringify(json));
      writeFileSync(join(folder, 'model/weights.bin'), Buffer.from(artifacts.weightData));
      return {};
    },
  });
}

const { conv2d, activation, upSampling2d, softmax, leakyReLU, batchNormalization } = tf.layers;
await save('activations', [5, 6, 3], [
  conv2d({ filters: 4, kernelSize: 3, activation: 'hardSigmoid', inputShape: [5, 6, 3] }),
  batchNormalization({}),
  activation({ activation: 'hardSigmoid' }),
  leakyReLU({}),
  softmax({ axis: -1 }),
]);
await save('gelu', [7], [
  tf.layers.dense({ units: 6, activation: 'gelu_new', inputShape: [7] }),
  activation({ activation: 'gelu' }),
]);
await save('bilinear', [4, 5, 2], [
  upSampling2d({ size: [2, 3], interpolation: 'bilinear', inputShape: [4, 5, 2] }),
]);
