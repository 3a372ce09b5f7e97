package org.conv4j.spark;

import java.lang.System.Logger;
import java.lang.System.Logger.Level;
import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.function.Supplier;
import org.conv4j.plan.Plan;

/**
 * The plan of a model, one for all tasks of an executor. Those that no task uses are kept, the last
 * few of them, for the next stage. Safe for any thread.
 */
final class SharedPlan {
  private static final int MOST_UNUSED = 4;
  private static final Logger LOGGER = System.getLogger(SharedPlan.class.getName());

  /** The least recently used first. Guarded by itself. */
  private static final Map<Key, SharedPlan> PLANS = new LinkedHashMap<>(16, 0.75f, true);

  /** Models count by their content: numbers of broadcasts begin anew with each Spark context. */
  private record Key(String model, String settings) {}

  private final NetworkSettings settings;
  private Plan plan;
  private ImageRows images;

  /** Guarded by PLANS. */
  private int users;

  private SharedPlan(NetworkSettings settings) {
    this.settings = settings;
  }

  static SharedPlan acquire(NetworkSettings settings, String digest, Supplier<byte[]> model) {
    Key key = new Key(digest, settings.key());
    SharedPlan shared;
    synchronized (PLANS) {
      shared = PLANS.computeIfAbsent(key, ignored -> new SharedPlan(settings));
      shared.users++;
    }
    try {
      shared.compile(digest, model);
      return shared;
    } catch (RuntimeException | Error failure) {
      shared.release();
      throw failure;
    }
  }

  private synchronized void compile(String digest, Supplier<byte[]> model) {
    if (plan == null) {
      byte[] content = model.get();
      images = settings.kind() == InputKind.IMAGE ? settings.images(content) : null;
      plan = settings.compile(content);
      LOGGER.log(Level.INFO, "Compiled a plan of model {0} for {1}.", digest, plan.inputShape());
    }
  }

  synchronized Plan plan() {
    return plan;
  }

  synchronized ImageRows images() {
    return images;
  }

  void release() {
    synchronized (PLANS) {
      users--;
      int unused = 0;
      for (SharedPlan other : PLANS.values()) {
        unused += other.users == 0 ? 1 : 0;
      }
      Iterator<SharedPlan> oldestFirst = PLANS.values().iterator();
      while (unused > MOST_UNUSED && oldestFirst.hasNext()) {
        SharedPlan oldest = oldestFirst.next();
        if (oldest.users == 0) {
          oldestFirst.remove();
          oldest.close();
          unused--;
        }
      }
    }
  }

  private synchronized void close() {
    if (plan != null) {
      plan.close();
    }
  }
}
