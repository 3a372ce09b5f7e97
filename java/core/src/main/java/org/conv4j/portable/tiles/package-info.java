/**
 * An op as tiles that threads take one after the other; what work costs, and how many threads pay.
 *
 * <p>What a tile is, each op says.
 */
package org.conv4j.portable.tiles;
