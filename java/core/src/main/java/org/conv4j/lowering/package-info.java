/**
 * From layers to ops: the program that layers write, one step for each op, on values that each have
 * a type.
 *
 * <p>Each layer lowers itself, in its own record; what they share is here. Layers write float32; a
 * program that is written by hand may mix types and keep states from run to run.
 */
package org.conv4j.lowering;
