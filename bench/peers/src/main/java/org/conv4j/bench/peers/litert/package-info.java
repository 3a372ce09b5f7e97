/** LiteRT, TensorFlow Lite that was. */
package org.conv4j.bench.peers.litert;
