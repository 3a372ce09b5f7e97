/** ND4J's ops. */
package org.conv4j.bench.peers.nd4j;
