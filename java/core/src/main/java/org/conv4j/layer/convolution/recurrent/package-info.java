/** Layers that go through a sequence of signals, images or volumes with convolutions. */
package org.conv4j.layer.convolution.recurrent;
