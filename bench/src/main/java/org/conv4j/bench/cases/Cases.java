package org.conv4j.bench.cases;

import java.util.List;
import java.util.stream.Stream;
import org.conv4j.error.MalformedCaseException;
import org.conv4j.notation.BenchCase;
import org.conv4j.notation.CaseFamilies;

/** The cases of {@code bench/cases} in this program's resources. */
public final class Cases {
  private static final CaseFamilies FAMILIES =
      new CaseFamilies(file -> Cases.class.getResourceAsStream("/cases/" + file));

  private Cases() {}

  /**
   * Returns the cases of every family, see {@link CaseFamilies#all()}.
   *
   * @return the cases
   */
  public static List<BenchCase> all() {
    return FAMILIES.all();
  }

  /**
   * Returns the cases of a family, see {@link CaseFamilies#of(String)}.
   *
   * @param family the name of its file
   * @return the cases in the order of the file
   */
  public static List<BenchCase> of(String family) {
    return FAMILIES.of(family);
  }

  /**
   * Returns the cases of a name, see {@link CaseFamilies#find(String)}.
   *
   * @param name a family, or a part of the names of cases
   * @return the cases
   */
  public static List<BenchCase> find(String name) {
    return FAMILIES.find(name);
  }

  /**
   * Returns the case of an id.
   *
   * @param id family and name, see {@link BenchCase#id()}
   * @return the case
   */
  public static BenchCase byId(String id) {
    return Stream.concat(all().stream(), of(CaseFamilies.PEAK).stream())
        .filter(benchCase -> benchCase.id().equals(id))
        .findFirst()
        .orElseThrow(() -> new MalformedCaseException("There is no case '" + id + "'."));
  }
}
