package io.bluetick.bench.stack;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import picocli.CommandLine.Option;

/** How the measured services are run, as the command line says. */
public final class RunOptions {

  @Option(names = "--laptop", description = "compile as ./bluetick up does, without C2")
  private boolean laptop;

  @Option(
      names = "--tuned",
      paramLabel = "OPTION",
      description = "a further JVM option, such as --tuned=-XX:+UseParallelGC")
  private List<String> tuned = new ArrayList<>();

  @Option(
      names = "--set",
      paramLabel = "NAME=VALUE",
      description = "a further environment variable")
  private Map<String, String> environment = new LinkedHashMap<>();

  /** The service's own options, but with this heap and compiled as in production. */
  public List<String> jvmOptions(String heap) {
    List<String> options = new ArrayList<>(backendOptions(heap));
    options.addAll(tuned);
    return options;
  }

  /** The same without what was asked for services. */
  public List<String> backendOptions(String heap) {
    return laptop ? List.of("-Xmx" + heap) : List.of("-Xmx" + heap, "-XX:TieredStopAtLevel=4");
  }

  /** What a benchmark sets, and over it what was asked for. */
  public Map<String, String> over(Map<String, String> settings) {
    Map<String, String> all = new LinkedHashMap<>(settings);
    all.putAll(environment);
    return all;
  }
}
