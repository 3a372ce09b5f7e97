/**
 * From layers to ops: the program that layers write, one step for each op.
 *
 * <p>Each layer lowers itself, in its own record; what they share is here.
 */
package org.conv4j.lowering;
