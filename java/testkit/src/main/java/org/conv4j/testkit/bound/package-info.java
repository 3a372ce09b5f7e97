/** How far an engine may be from the exact result of a layer or an op. */
package org.conv4j.testkit.bound;
