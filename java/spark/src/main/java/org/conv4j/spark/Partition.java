package org.conv4j.spark;

import java.util.Collections;
import java.util.Iterator;
import org.apache.spark.TaskContext;
import org.apache.spark.api.java.function.MapPartitionsFunction;
import org.apache.spark.broadcast.Broadcast;
import org.apache.spark.sql.Row;
import org.apache.spark.util.TaskCompletionListener;

/** What a task does with its rows. */
final class Partition implements MapPartitionsFunction<Row, Row> {
  private static final long serialVersionUID = 1;

  private final Broadcast<byte[]> model;
  private final String digest;
  private final NetworkSettings settings;
  private final Columns columns;

  Partition(Broadcast<byte[]> model, String digest, NetworkSettings settings, Columns columns) {
    this.model = model;
    this.digest = digest;
    this.settings = settings;
    this.columns = columns;
  }

  @Override
  public Iterator<Row> call(Iterator<Row> rows) {
    if (!rows.hasNext()) {
      return Collections.emptyIterator();
    }
    SharedPlan plan = SharedPlan.acquire(settings, digest, model::value);
    BatchRun run = new BatchRun(plan, settings, columns);
    TaskCompletionListener closing = context -> run.close();
    TaskContext.get().addTaskCompletionListener(closing);
    return new ScoredRows(rows, run, settings, columns);
  }
}
