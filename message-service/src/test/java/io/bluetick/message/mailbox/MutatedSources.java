package io.bluetick.message.mailbox;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import javax.tools.DiagnosticCollector;
import javax.tools.FileObject;
import javax.tools.ForwardingJavaFileManager;
import javax.tools.JavaCompiler;
import javax.tools.JavaFileManager;
import javax.tools.JavaFileObject;
import javax.tools.SimpleJavaFileObject;
import javax.tools.ToolProvider;

/** This package compiled anew with one piece of text replaced, and apart from the one that runs. */
final class MutatedSources extends ClassLoader {
  private static final String PACKAGE = MutatedSources.class.getPackageName();
  private static final String FOLDER = PACKAGE.replace('.', '/');

  /** The world, without its tests. */
  private static final List<String> OF_TESTS =
      List.of(
          "Event",
          "SimulatedAccounts",
          "Promises",
          "SimulatedDevice",
          "SimulatedGateway",
          "SimulatedInbox",
          "SimulatedOwner",
          "SimulatedSenders",
          "Simulation",
          "Violation",
          "World");

  private final Map<String, byte[]> classes;

  private MutatedSources(Map<String, byte[]> classes) {
    super(MutatedSources.class.getClassLoader());
    this.classes = classes;
  }

  /** Fails if the text does not occur exactly once in the class. */
  static MutatedSources of(String className, String text, String instead) throws IOException {
    List<JavaFileObject> sources = new ArrayList<>();
    try (Stream<Path> files = Files.list(Path.of("src/main/java", FOLDER))) {
      for (Path file : files.filter(each -> !each.endsWith("package-info.java")).toList()) {
        String name = file.getFileName().toString().replace(".java", "");
        String source = Files.readString(file);
        sources.add(
            new Source(name, name.equals(className) ? mutated(source, text, instead) : source));
      }
    }
    for (String name : OF_TESTS) {
      Path file = Path.of("src/test/java", FOLDER, name + ".java");
      sources.add(new Source(name, Files.readString(file)));
    }
    return new MutatedSources(compiled(sources));
  }

  private static String mutated(String source, String text, String instead) {
    int at = source.indexOf(text);
    if (at < 0 || source.indexOf(text, at + 1) >= 0) {
      throw new IllegalArgumentException("not there, or not once: " + text);
    }
    return source.replace(text, instead);
  }

  private static Map<String, byte[]> compiled(List<JavaFileObject> sources) {
    Map<String, ByteArrayOutputStream> made = new HashMap<>();
    JavaCompiler compiler = ToolProvider.getSystemJavaCompiler();
    DiagnosticCollector<JavaFileObject> told = new DiagnosticCollector<>();
    JavaFileManager files =
        new ForwardingJavaFileManager<JavaFileManager>(
            compiler.getStandardFileManager(told, null, null)) {
          @Override
          public JavaFileObject getJavaFileForOutput(
              Location location, String name, JavaFileObject.Kind kind, FileObject sibling) {
            return new SimpleJavaFileObject(URI.create("made:///" + name), kind) {
              @Override
              public OutputStream openOutputStream() {
                return made.computeIfAbsent(name, _ -> new ByteArrayOutputStream());
              }
            };
          }
        };
    List<String> options =
        List.of("-proc:none", "-nowarn", "-cp", System.getProperty("java.class.path"));
    if (!compiler.getTask(null, files, told, options, null, sources).call()) {
      throw new IllegalArgumentException("a mutation must compile: " + told.getDiagnostics());
    }
    Map<String, byte[]> classes = new HashMap<>();
    made.forEach((name, bytes) -> classes.put(name, bytes.toByteArray()));
    return classes;
  }

  private static final class Source extends SimpleJavaFileObject {
    private final String text;

    Source(String name, String text) {
      super(URI.create("source:///" + FOLDER + "/" + name + ".java"), Kind.SOURCE);
      this.text = text;
    }

    @Override
    public CharSequence getCharContent(boolean ignoresErrors) {
      return text;
    }
  }

  @Override
  protected Class<?> loadClass(String name, boolean resolves) throws ClassNotFoundException {
    synchronized (getClassLoadingLock(name)) {
      Class<?> known = findLoadedClass(name);
      byte[] bytes = classes.get(name);
      if (known != null || bytes == null) {
        return known != null ? known : super.loadClass(name, resolves);
      }
      return defineClass(name, bytes, 0, bytes.length);
    }
  }

  /** What {@link Simulation#run} of these sources says. */
  String run(long seed) throws ReflectiveOperationException {
    var run = loadClass(Simulation.class.getName()).getDeclaredMethod("run", long.class);
    run.setAccessible(true);
    return (String) run.invoke(null, seed);
  }
}
