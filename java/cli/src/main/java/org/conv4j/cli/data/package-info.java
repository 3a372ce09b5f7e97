/**
 * What goes into models and comes out of them on the command line: arrays and images from files,
 * random numbers, names of classes.
 */
package org.conv4j.cli.data;
