package org.conv4j.bench.models;

import java.util.ArrayList;
import java.util.List;

/**
 * What a file of results holds.
 *
 * @param environment where it was measured last
 * @param measurements all libraries on all settings
 */
public record ModelResults(Object environment, List<ModelMeasurement> measurements) {
  /**
   * Adds measurements.
   *
   * @param where where they were made
   * @param later measurements of some settings, which replace older ones of these settings
   * @return all results
   */
  public ModelResults with(Object where, List<ModelMeasurement> later) {
    List<ModelMeasurement> all = new ArrayList<>(measurements);
    all.removeIf(older -> later.stream().anyMatch(older::isOfSameSetting));
    all.addAll(later);
    return new ModelResults(where, all);
  }
}
