/** DJL with PyTorch's engine. */
package org.conv4j.bench.peers.djl;
