package org.conv4j.stream.analysis;

import java.util.List;
import java.util.Optional;
import org.conv4j.lowering.Program;

/**
 * What is to be computed for some frames of the signal.
 *
 * @param program reads the frames of the signal, if there are any, and all histories; returns the
 *     frames of the output, if there are any, and what the histories become; nothing if there is
 *     nothing to return
 * @param input how many frames of the signal
 * @param output how many frames of the output, those in front of the first included
 * @param changed which histories become other ones, in the program's order
 */
public record Chunk(Optional<Program> program, int input, int output, List<Integer> changed) {}
