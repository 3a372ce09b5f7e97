/**
 * An engine of Deep Java Library: {@code Criteria.builder().optEngine("Conv4j")} loads Keras and
 * TensorFlow.js models and runs them with conv4j. Applications use DJL's own interfaces; nothing
 * here has to be named in code.
 *
 * <p>Arrays are kept as they are laid out in memory: turning an image's axes, cutting and reshaping
 * are views, so that an image which DJL calls {@code (3, 224, 224)} reaches a Keras network as the
 * {@code (224, 224, 3)} that it was, without a copy. What arrays cannot do here is left to another
 * engine, if DJL finds one.
 */
package org.conv4j.djl;
