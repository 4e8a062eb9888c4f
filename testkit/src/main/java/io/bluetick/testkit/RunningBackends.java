package io.bluetick.testkit;

import java.util.Map;

/** The {@code BLUETICK_*} settings that lead to this module's own part of the backends. */
public record RunningBackends(Map<String, String> all) {

  public RunningBackends {
    all = Map.copyOf(all);
  }

  /** The value of a setting, such as BLUETICK_KAFKA. */
  public String get(String name) {
    String value = all.get(name);
    if (value == null) {
      throw new IllegalArgumentException(
          name + " is not set: name its backend in @Backends; set are " + all.keySet());
    }
    return value;
  }
}
