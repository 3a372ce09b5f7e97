/** LSTM, GRU and RNN: which cell a node has, and where its weights are. */
package org.conv4j.onnx.recurrent;
