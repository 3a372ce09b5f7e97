/** Whether what the documentation shows compiles. */
package org.conv4j.testkit.docs;
