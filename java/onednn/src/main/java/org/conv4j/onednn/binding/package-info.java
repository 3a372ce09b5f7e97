/**
 * What stands on the border: oneDNN through JavaCPP, and the library of {@code native/}.
 *
 * <p>Nothing here knows which op runs how.
 */
package org.conv4j.onednn.binding;
