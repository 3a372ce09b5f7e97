/** The network that the demo runs, its images, and how it draws them. */
package org.conv4j.cli.demo;
