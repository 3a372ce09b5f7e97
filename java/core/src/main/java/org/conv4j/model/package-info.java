/**
 * Models, which are layers with weights, and the predictor that applications call.
 *
 * <p>Reading models from files is the importers' work; running them is the engines'.
 */
package org.conv4j.model;
