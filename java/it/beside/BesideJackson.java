import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.cfg.PackageVersion;
import consumer.Consumer;

/** Uses Jackson, then conv4j, then Jackson again. Arguments: Jackson's version, a model. */
public final class BesideJackson {
  private BesideJackson() {}

  public static void main(String[] args) throws Exception {
    String version = PackageVersion.VERSION.toString();
    if (!version.equals(args[0])) {
      throw new IllegalStateException("Jackson is " + version + ", not " + args[0] + ".");
    }
    ObjectMapper mapper = new ObjectMapper();
    check(mapper);
    Consumer.main(new String[] {args[1]});
    check(mapper);
    System.out.println("beside Jackson " + version + ": right");
  }

  private static void check(ObjectMapper mapper) throws Exception {
    int number = mapper.readTree("{\"shape\": [1, 8, 8, 1]}").path("shape").get(2).asInt();
    if (number != 8) {
      throw new IllegalStateException("Jackson has read " + number + ", not 8.");
    }
  }
}
