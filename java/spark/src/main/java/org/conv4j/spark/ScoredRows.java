package org.conv4j.spark;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;
import java.util.NoSuchElementException;
import java.util.Queue;
import org.apache.spark.TaskContext;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.RowFactory;

/** The rows of a task with their outputs, computed a batch at a time. Not thread-safe. */
final class ScoredRows implements Iterator<Row> {
  private final Iterator<Row> rows;
  private final BatchRun run;
  private final InvalidRows handleInvalid;
  private final int batchSize;
  private final Queue<Row> ready = new ArrayDeque<>();

  ScoredRows(Iterator<Row> rows, BatchRun run, NetworkSettings settings, Columns columns) {
    this.rows = rows;
    this.run = run;
    handleInvalid = InvalidRows.of(settings.handleInvalid());
    batchSize = settings.batchSize();
  }

  @Override
  public boolean hasNext() {
    while (ready.isEmpty() && rows.hasNext()) {
      computeBatch();
    }
    if (ready.isEmpty()) {
      run.close();
    }
    return !ready.isEmpty();
  }

  @Override
  public Row next() {
    if (!hasNext()) {
      throw new NoSuchElementException("All rows of the partition were returned.");
    }
    return ready.remove();
  }

  private void computeBatch() {
    List<Row> batch = new ArrayList<>();
    List<Integer> places = new ArrayList<>();
    int examples = 0;
    while (examples < batchSize && rows.hasNext()) {
      Row row = rows.next();
      try {
        run.put(row, examples);
        batch.add(row);
        places.add(examples++);
      } catch (InvalidRowException invalid) {
        if (handleInvalid == InvalidRows.ERROR) {
          throw new IllegalArgumentException(
              "Partition %d: %s. With handleInvalid 'skip' or 'keep', such rows are left out or get null."
                  .formatted(TaskContext.getPartitionId(), sentence(invalid)),
              invalid);
        }
        if (handleInvalid == InvalidRows.KEEP) {
          batch.add(row);
          places.add(-1);
        }
      }
    }
    if (examples > 0) {
      run.run(examples);
    }
    for (int i = 0; i < batch.size(); i++) {
      int place = places.get(i);
      ready.add(with(batch.get(i), place < 0 ? null : run.output(place)));
    }
  }

  private static String sentence(InvalidRowException invalid) {
    return invalid.getMessage().replaceAll("\\.$", "");
  }

  private static Row with(Row row, Object output) {
    Object[] values = new Object[row.size() + 1];
    for (int i = 0; i < row.size(); i++) {
      values[i] = row.get(i);
    }
    values[row.size()] = output;
    return RowFactory.create(values);
  }
}
