/** Where elements lie in a tensor, for loops that read like the formula. */
package org.conv4j.reference.index;
