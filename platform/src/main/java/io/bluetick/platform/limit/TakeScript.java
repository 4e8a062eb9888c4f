package io.bluetick.platform.limit;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.List;
import org.springframework.core.io.ClassPathResource;

/**
 * Takes a token from a bucket in Redis, in one step and by Redis's own clock.
 *
 * <pre>
 * limit:NAME   a string: the microsecond since 1970 at which it will be full; expires then
 * </pre>
 */
public final class TakeScript {
  /** The Lua script. Its keys are {@link #key}, its arguments {@link #arguments}. */
  public static final String TEXT = read("take.lua");

  private TakeScript() {}

  public static String key(String bucket) {
    return "limit:" + bucket;
  }

  public static String[] arguments(Rate rate) {
    return new String[] {
      Long.toString(rate.intervalMicros()), Long.toString(rate.capacityMicros())
    };
  }

  /** What the script answered. */
  public static Verdict verdict(List<Long> answer) {
    return new Verdict(answer.get(0), answer.get(1), answer.get(2));
  }

  private static String read(String name) {
    try {
      return new ClassPathResource(name, TakeScript.class)
          .getContentAsString(StandardCharsets.UTF_8);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
