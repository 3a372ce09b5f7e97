/** What holds for streaming on every engine, and random networks to try it with. */
package org.conv4j.testkit.stream;
