/** PyTorch, through bytedeco's presets. */
package org.conv4j.bench.peers.pytorch;
