package org.conv4j.spark;

import java.io.IOException;
import org.apache.spark.broadcast.Broadcast;
import org.apache.spark.ml.Transformer;
import org.apache.spark.ml.param.BooleanParam;
import org.apache.spark.ml.param.IntArrayParam;
import org.apache.spark.ml.param.IntParam;
import org.apache.spark.ml.param.Param;
import org.apache.spark.ml.param.ParamMap;
import org.apache.spark.ml.param.ParamPair;
import org.apache.spark.ml.param.ParamValidators;
import org.apache.spark.ml.util.Identifiable$;
import org.apache.spark.ml.util.MLReader;
import org.apache.spark.ml.util.MLWritable;
import org.apache.spark.ml.util.MLWriter;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Encoders;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.SparkSession;
import org.apache.spark.sql.types.StructType;
import scala.reflect.ClassTag;
import scala.reflect.ClassTag$;

/**
 * Runs a convolutional network on a column of a data frame.
 *
 * <pre>
 * Conv4jTransformer network = new Conv4jTransformer()
 *     .setModelPath("hdfs:///models/mobilenet.keras")
 *     .setInputCol("png").setOutputCol("scores").setPreprocessing("tf");
 * Dataset&lt;Row&gt; scored = network.transform(images);
 * </pre>
 *
 * <p>The input column holds numbers as the model's input has them in row-major order, as arrays of
 * float or double or as ML vectors, or PNG and JPEG images as binary. The output column holds the
 * network's output for the row, flattened: vectors for vectors, arrays of float else. Models have
 * one input and one output and are one file.
 *
 * <p>Not thread-safe, as Spark's stages are not. What is wrong with parameters, model or columns is
 * an {@link IllegalArgumentException} of {@link #transform} and {@link #transformSchema}; a row
 * that is wrong fails its task, unless {@code handleInvalid} says otherwise.
 *
 * @serial exclude
 */
public final class Conv4jTransformer extends Transformer implements MLWritable {
  private static final long serialVersionUID = 1;

  private final String uid;
  private final Param<String> inputCol;
  private final Param<String> outputCol;
  private final Param<String> handleInvalid;
  private final IntParam batchSize;
  private final IntParam threads;
  private final Param<String> engine;
  private final BooleanParam exact;
  private final Param<String> preprocessing;
  private final IntArrayParam inputShape;

  /** The model's file; null until there is one. */
  private byte[] model;

  /** Makes a transformer with a name of its own. */
  public Conv4jTransformer() {
    this(Identifiable$.MODULE$.randomUID("conv4j"));
  }

  /**
   * Makes a transformer.
   *
   * @param uid its name among the stages of a pipeline
   */
  public Conv4jTransformer(String uid) {
    this.uid = uid;
    inputCol = new Param<>(this, "inputCol", "the column of inputs");
    outputCol = new Param<>(this, "outputCol", "the column of outputs");
    handleInvalid =
        new Param<>(
            this,
            "handleInvalid",
            "what becomes of rows without a valid input: error, skip, or keep with null",
            ParamValidators.inArray(InvalidRows.NAMES));
    batchSize = new IntParam(this, "batchSize", "how many rows are computed at once", atLeast(1));
    threads = new IntParam(this, "threads", "how many threads a task may use", atLeast(1));
    engine = new Param<>(this, "engine", "the engine: onednn, java or reference");
    exact = new BooleanParam(this, "exact", "whether faster sums with larger errors are ruled out");
    preprocessing =
        new Param<>(
            this,
            "preprocessing",
            "what is done to the pixels of images: none, scale, tf, caffe or torch",
            ParamValidators.inArray(ImageRows.MODES));
    inputShape =
        new IntArrayParam(
            this, "inputShape", "the extents of one input, for a model that leaves them open");
    setDefault(
        handleInvalid.w("error"),
        batchSize.w(32),
        threads.w(1),
        engine.w("onednn"),
        exact.w(false),
        preprocessing.w("none"));
  }

  private void setDefault(ParamPair<?>... pairs) {
    for (ParamPair<?> pair : pairs) {
      setDefaultOf(pair);
    }
  }

  private <T> void setDefaultOf(ParamPair<T> pair) {
    setDefault(pair.param(), pair.value());
  }

  private static scala.Function1<Object, Object> atLeast(int least) {
    return ParamValidators.gtEq(least);
  }

  @Override
  public String uid() {
    return uid;
  }

  /**
   * Returns the parameter {@code inputCol}.
   *
   * @return the column of inputs
   */
  public Param<String> inputCol() {
    return inputCol;
  }

  /**
   * Returns the parameter {@code outputCol}.
   *
   * @return the column of outputs, which the input must not have
   */
  public Param<String> outputCol() {
    return outputCol;
  }

  /**
   * Returns the parameter {@code handleInvalid}: what becomes of rows that are null, have too many
   * or too few numbers, numbers that are NaN, or an image that cannot be read.
   *
   * @return {@code error}, the default, {@code skip}, or {@code keep} with an output of null
   */
  public Param<String> handleInvalid() {
    return handleInvalid;
  }

  /**
   * Returns the parameter {@code batchSize}.
   *
   * @return how many rows are computed at once; 32 by default
   */
  public IntParam batchSize() {
    return batchSize;
  }

  /**
   * Returns the parameter {@code threads}.
   *
   * @return how many threads a task may use; 1 by default, as {@code spark.task.cpus} is
   */
  public IntParam threads() {
    return threads;
  }

  /**
   * Returns the parameter {@code engine}.
   *
   * @return the engine's name; {@code onednn} by default, and an executor where it cannot be used
   *     fails its tasks
   */
  public Param<String> engine() {
    return engine;
  }

  /**
   * Returns the parameter {@code exact}.
   *
   * @return whether faster sums with larger rounding errors are ruled out; false by default
   */
  public BooleanParam exact() {
    return exact;
  }

  /**
   * Returns the parameter {@code preprocessing}.
   *
   * @return what is done to the values 0 to 255 of images, as Keras's {@code preprocess_input}
   *     does: {@code none}, the default, {@code scale}, {@code tf}, {@code caffe} or {@code torch}
   */
  public Param<String> preprocessing() {
    return preprocessing;
  }

  /**
   * Returns the parameter {@code inputShape}.
   *
   * @return the extents of one input without the batch; needed if the model leaves some open
   */
  public IntArrayParam inputShape() {
    return inputShape;
  }

  /**
   * Sets the column of inputs.
   *
   * @param value its name
   * @return this
   */
  public Conv4jTransformer setInputCol(String value) {
    set(inputCol, value);
    return this;
  }

  /**
   * Sets the column of outputs.
   *
   * @param value its name
   * @return this
   */
  public Conv4jTransformer setOutputCol(String value) {
    set(outputCol, value);
    return this;
  }

  /**
   * Sets what becomes of rows without a valid input.
   *
   * @param value {@code error}, {@code skip} or {@code keep}
   * @return this
   */
  public Conv4jTransformer setHandleInvalid(String value) {
    set(handleInvalid, value);
    return this;
  }

  /**
   * Sets how many rows are computed at once.
   *
   * @param value at least 1
   * @return this
   */
  public Conv4jTransformer setBatchSize(int value) {
    set(batchSize, value);
    return this;
  }

  /**
   * Sets how many threads a task may use.
   *
   * @param value at least 1
   * @return this
   */
  public Conv4jTransformer setThreads(int value) {
    set(threads, value);
    return this;
  }

  /**
   * Sets the engine.
   *
   * @param value its name
   * @return this
   */
  public Conv4jTransformer setEngine(String value) {
    set(engine, value);
    return this;
  }

  /**
   * Sets whether faster sums with larger rounding errors are ruled out.
   *
   * @param value true if so
   * @return this
   */
  public Conv4jTransformer setExact(boolean value) {
    set(exact, value);
    return this;
  }

  /**
   * Sets what is done to the pixels of images.
   *
   * @param value {@code none}, {@code scale}, {@code tf}, {@code caffe} or {@code torch}
   * @return this
   */
  public Conv4jTransformer setPreprocessing(String value) {
    set(preprocessing, value);
    return this;
  }

  /**
   * Sets the extents of one input, for a model that leaves some open.
   *
   * @param value without the batch
   * @return this
   */
  public Conv4jTransformer setInputShape(int... value) {
    set(inputShape, value);
    return this;
  }

  /**
   * Sets the model. The file is read at once.
   *
   * @param path a file of any file system that Spark reads; one without a scheme is on the default
   *     file system
   * @return this
   * @throws IllegalArgumentException if it cannot be read
   */
  public Conv4jTransformer setModelPath(String path) {
    try {
      return setModel(ModelBytes.read(path));
    } catch (IOException failure) {
      throw new IllegalArgumentException(
          "Cannot read the model " + path + ": " + failure.getMessage(), failure);
    }
  }

  /**
   * Sets the model.
   *
   * @param content a whole file in any format that conv4j loads; copied
   * @return this
   */
  public Conv4jTransformer setModel(byte[] content) {
    model = content.clone();
    return this;
  }

  byte[] model() {
    return model;
  }

  @Override
  public StructType transformSchema(StructType schema) {
    return Columns.of(this, schema).output();
  }

  @Override
  public Dataset<Row> transform(Dataset<?> rows) {
    Columns columns = Columns.of(this, rows.schema());
    NetworkSettings settings = settings(columns);
    settings.check(model);
    SparkSession session = rows.sparkSession();
    ClassTag<byte[]> tag = ClassTag$.MODULE$.apply(byte[].class);
    Broadcast<byte[]> broadcast = session.sparkContext().broadcast(model, tag);
    return rows.toDF()
        .mapPartitions(
            new Partition(broadcast, ModelBytes.digest(model), settings, columns),
            Encoders.row(columns.output()));
  }

  private NetworkSettings settings(Columns columns) {
    return new NetworkSettings(
        (int) $(batchSize),
        (int) $(threads),
        $(engine),
        (boolean) $(exact),
        isDefined(inputShape) ? $(inputShape) : null,
        columns.kind(),
        $(preprocessing),
        $(handleInvalid));
  }

  @Override
  public Conv4jTransformer copy(ParamMap extra) {
    Conv4jTransformer copy = defaultCopy(extra);
    copy.model = model;
    return copy;
  }

  @Override
  public MLWriter write() {
    return new TransformerWriter(this);
  }

  /**
   * Returns what reads transformers that were saved.
   *
   * @return a reader
   */
  public static MLReader<Conv4jTransformer> read() {
    return new TransformerReader();
  }

  /**
   * Reads a transformer that was saved, its model included.
   *
   * @param path the folder
   * @return the transformer
   */
  public static Conv4jTransformer load(String path) {
    return read().load(path);
  }
}
