/**
 * The seam between plans and the engines that run their ops: what an engine implements, how engines
 * are found and asked one after the other, and how users say what to compile for.
 */
package org.conv4j.engine;
