/**
 * Random access to stored bytes: files, parts of files, blocks of memory. What goes wrong with a
 * file becomes one of conv4j's exceptions here. Nothing here knows what the bytes mean.
 */
package org.conv4j.bytes;
