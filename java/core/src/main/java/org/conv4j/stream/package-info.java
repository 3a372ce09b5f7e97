/**
 * Networks on endless signals: a plan that runs a model chunk by chunk and keeps what it still
 * needs of the past, so that the answer is that of the whole signal at once.
 *
 * <p>How ops relate outputs to inputs is theirs to say; reading and playing sound is not done here.
 */
package org.conv4j.stream;
