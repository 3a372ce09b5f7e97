/**
 * The definition of every op, as plain loops that read like the formula. They accumulate in double
 * precision and know nothing of engines.
 */
package org.conv4j.reference.loops;
