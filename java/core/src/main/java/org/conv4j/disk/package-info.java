/** Files of any content: read and written as wholes, with conv4j's exceptions. */
package org.conv4j.disk;
