package org.conv4j.djl;

import ai.djl.Device;
import ai.djl.engine.Engine;
import ai.djl.ndarray.BaseNDManager;
import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.types.DataType;
import ai.djl.ndarray.types.Shape;
import java.nio.Buffer;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import org.conv4j.djl.memory.Rows;
import org.conv4j.djl.memory.Storage;
import org.conv4j.djl.memory.View;

/** Makes arrays and closes those that are attached to it. Safe for any thread. */
class Conv4jManager extends BaseNDManager {
  private static final Conv4jManager SYSTEM = new SystemManager();

  private Conv4jManager(NDManager parent, Device device) {
    super(parent, device);
    alternativeManager = this instanceof Alternative ? null : new Alternative(this);
  }

  static Conv4jManager system() {
    return SYSTEM;
  }

  /** Another engine's manager, which makes arrays of these for what they cannot do. */
  NDManager alternative() {
    return alternativeManager;
  }

  @Override
  public ByteBuffer allocateDirect(int capacity) {
    return ByteBuffer.allocateDirect(capacity).order(ByteOrder.nativeOrder());
  }

  @Override
  public NDArray from(NDArray array) {
    return array == null ? null : Conv4jArray.of(array, this);
  }

  @Override
  public Conv4jArray create(Buffer data, Shape shape, DataType dataType) {
    View view = View.of(shape);
    BaseNDManager.validateBuffer(data, dataType, view.size());
    Storage storage = Storage.allocate(dataType, view.size());
    storage.copyFrom(data);
    return new Conv4jArray(this, storage, view);
  }

  @Override
  public NDArray full(Shape shape, float value, DataType dataType) {
    View view = View.of(shape);
    Storage storage = Storage.allocate(dataType, view.size());
    Rows.fill(storage, view.size(), value);
    return new Conv4jArray(this, storage, view);
  }

  @Override
  public NDArray ones(Shape shape, DataType dataType) {
    return full(shape, 1, dataType);
  }

  @Override
  public Conv4jManager newSubManager(Device device) {
    if (device != null && device.isGpu()) {
      throw new IllegalArgumentException(
          "The engine Conv4j computes on the processor; given the device " + device + ".");
    }
    Conv4jManager manager = new Conv4jManager(this, device);
    attachUncappedInternal(manager.uid, manager);
    return manager;
  }

  @Override
  public final Engine getEngine() {
    return Engine.getEngine(Conv4jEngine.NAME);
  }

  @Override
  public void close() {
    super.close();
    if (alternativeManager != null) {
      alternativeManager.close();
    }
  }

  /** The root of all others, which lives as long as the process. */
  private static final class SystemManager extends Conv4jManager implements SystemNDManager {
    SystemManager() {
      super(null, null);
    }

    @Override
    public void close() {}
  }

  /**
   * Turns arrays into those of another engine. It is looked for when an array first needs it, and
   * the error says what to do if there is none.
   */
  private static final class Alternative extends Conv4jManager {
    private final Conv4jManager owner;
    private NDManager other;

    Alternative(Conv4jManager owner) {
      super(null, Device.cpu());
      this.owner = owner;
    }

    @Override
    public synchronized NDArray from(NDArray array) {
      if (other == null) {
        if (!owner.isOpen()) {
          throw new IllegalStateException("This manager has been closed already.");
        }
        other = AlternativeEngine.require().newBaseManager();
      }
      return other.from(array);
    }

    @Override
    public synchronized void close() {
      if (other != null) {
        other.close();
        other = null;
      }
    }
  }
}
