package io.bluetick.bench.messages;

import java.io.IOException;
import java.util.LinkedHashMap;
import java.util.Map;

/**
 * The processes whose CPU is counted.
 *
 * @param counted by name, those that a message needs
 * @param apart by name, those that run as well
 */
record Servers(Map<String, Meter> counted, Map<String, Meter> apart) {

  /** The processor time of a process so far. */
  interface Meter {
    long cpuMicros() throws IOException;
  }

  /** Microseconds by name. */
  record Cpu(Map<String, Long> counted, Map<String, Long> apart) {

    Cpu since(Cpu before) {
      return new Cpu(since(counted, before.counted), since(apart, before.apart));
    }

    long all() {
      return counted.values().stream().mapToLong(Long::longValue).sum();
    }

    private static Map<String, Long> since(Map<String, Long> after, Map<String, Long> before) {
      Map<String, Long> grown = new LinkedHashMap<>(after);
      before.forEach((name, micros) -> grown.merge(name, -micros, Long::sum));
      return grown;
    }
  }

  Cpu cpu() throws IOException {
    return new Cpu(read(counted), read(apart));
  }

  private static Map<String, Long> read(Map<String, Meter> meters) throws IOException {
    Map<String, Long> micros = new LinkedHashMap<>();
    for (Map.Entry<String, Meter> meter : meters.entrySet()) {
      micros.put(meter.getKey(), meter.getValue().cpuMicros());
    }
    return micros;
  }
}
