/**
 * Ops on the kernels of {@code native/}: what each costs and how it is compiled.
 *
 * <p>The kernels are C++; how Java calls them is in {@code binding}.
 */
package org.conv4j.onednn.kernel;
