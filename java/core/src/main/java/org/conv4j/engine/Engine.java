package org.conv4j.engine;

import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.conv4j.error.EngineUnavailableException;
import org.conv4j.frames.CompiledFrames;
import org.conv4j.frames.FrameProgram;
import org.conv4j.op.Op;
import org.conv4j.tensor.DataType;
import org.conv4j.tensor.Tensor;

/**
 * Something that can run ops, or some of them; {@link EngineChain} asks one engine after the other.
 * Engines are found with {@link java.util.ServiceLoader}, are stateless, and may be used from any
 * thread.
 *
 * <p>An engine whose native code did not load still exists and says why.
 */
public interface Engine {
  /**
   * Returns the name that users select it by.
   *
   * @return a short lower-case name
   */
  String name();

  /**
   * Returns how eagerly this engine is chosen when the user names none; the highest wins.
   *
   * @return the rank among available engines; unless the engine says otherwise, behind conv4j's
   *     own, which have 0 and more
   */
  default int priority() {
    return -1;
  }

  /**
   * Returns why this engine cannot be used in this process.
   *
   * @return the reason; nothing, if it can be used, as it can unless the engine says otherwise
   */
  default Optional<Throwable> unavailabilityCause() {
    return Optional.empty();
  }

  /**
   * Returns why this engine, which can be used, lacks part of what it has elsewhere, such as
   * kernels of its own for this processor.
   *
   * @return the reason, or nothing if it lacks nothing or cannot be used at all
   */
  default Optional<Throwable> limitationCause() {
    return Optional.empty();
  }

  /**
   * Tells people what this engine runs with on this machine: versions of libraries, instruction
   * sets, folders.
   *
   * @return texts by what they are about, in the order to print them; nothing if it cannot be used
   */
  default Map<String, String> details() {
    return Map.of();
  }

  /**
   * Ends threads that the engine keeps for later; {@link Engines#release} calls it. The engine can
   * be used again afterwards.
   */
  default void release() {}

  /**
   * Returns whether this engine can be used in this process.
   *
   * @return true if so
   */
  default boolean isAvailable() {
    return unavailabilityCause().isEmpty();
  }

  /**
   * Throws unless this engine can be used in this process.
   *
   * @throws EngineUnavailableException with the reason as its cause
   */
  default void ensureAvailability() {
    unavailabilityCause()
        .ifPresent(
            cause -> {
              throw new EngineUnavailableException(
                  "The engine '" + name() + "' cannot be used here: " + cause.getMessage(), cause);
            });
  }

  /**
   * Returns the data types that it computes with.
   *
   * @return the types
   */
  Set<DataType> dataTypes();

  /**
   * Returns whether a plan may compute a batch in parts, and several of them at the same time on
   * threads of its own, with ops that it compiles for fewer threads. Asked of the engine that a
   * plan is compiled for.
   *
   * @return false unless the engine says otherwise
   */
  default boolean runsParts() {
    return false;
  }

  /**
   * Compiles one op, or leaves it to the engines behind: an engine need not know all ops. Anybody
   * may call this, with anything: engines hold the constants against the op, see {@link
   * HeldConstants}; the op itself is a legal one.
   *
   * @param op the operation
   * @param types the types of its values: an engine declines those that it does not compute with,
   *     see {@link OpTypes#unknownOrMixed}
   * @param constants its weights in the order of {@link Op#constants}; read during this call only
   * @param options how to compile
   * @param rest the engines behind this one, which may be asked for a part of the op
   * @return the compiled op, which the caller closes, or why this engine leaves the op to others
   * @throws org.conv4j.error.ShapeMismatchException if the types or the constants are not the op's
   * @throws org.conv4j.error.UnsupportedByEngineException if this engine cannot do what the options
   *     ask for
   * @throws IllegalStateException if a constant is closed
   */
  Compilation compile(
      Op op, OpTypes types, List<Tensor> constants, CompileOptions options, EngineChain rest);

  /**
   * Compiles a network that is streamed frame by frame to run as a whole. An engine need not.
   *
   * @param program what it computes
   * @return what runs it, which the caller closes; nothing if it is to be run op by op
   */
  default Optional<CompiledFrames> compileFrames(FrameProgram program) {
    return Optional.empty();
  }

  /**
   * Compiles one op whose values are all of one data type, with no other engine's help.
   *
   * @param op see {@link #compile}
   * @param dataType the data type
   * @param constants see {@link #compile}
   * @param options see {@link #compile}
   * @return the compiled op, which the caller closes
   * @throws org.conv4j.error.UnsupportedByEngineException if this engine leaves the op to others
   * @throws org.conv4j.error.Conv4jException as {@link #compile}
   */
  default CompiledOp compileAlone(
      Op op, DataType dataType, List<Tensor> constants, CompileOptions options) {
    return compile(op, OpTypes.of(op, dataType), constants, options, EngineChain.NONE).op();
  }
}
