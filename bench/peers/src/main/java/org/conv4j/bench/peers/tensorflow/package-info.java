/** TensorFlow Java: ops and whole models. */
package org.conv4j.bench.peers.tensorflow;
