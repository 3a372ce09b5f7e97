/** What the rivals share: ops in plain numbers, buffers, and settings of the process. */
package org.conv4j.bench.peers;
