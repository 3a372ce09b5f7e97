/** What real Keras answers, for single layers and for models that it has saved. */
package org.conv4j.testkit.goldens;
