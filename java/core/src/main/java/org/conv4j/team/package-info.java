/**
 * Threads that help a caller's own to run one task in parts, and wait for the next between them. No
 * tensors, ops or plans are known here.
 */
package org.conv4j.team;
