/**
 * The reference engine: the definition of every op, as plain loops that read like the formula.
 *
 * <p>It accumulates in double precision, uses one thread and is not meant to be fast. Every other
 * engine is tested against it.
 */
package org.conv4j.reference;
