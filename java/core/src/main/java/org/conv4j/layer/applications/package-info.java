/** The layers that the models of {@code keras.applications} bring with them. */
package org.conv4j.layer.applications;
