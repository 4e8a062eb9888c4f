package io.bluetick.app.command;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * Where a passphrase comes from: a file, the environment, or who sits at the terminal. Never an
 * argument: those are shown to everyone on the machine.
 */
final class Passphrases {
  static final String VARIABLE = "BLUETICK_PASSPHRASE";

  /** A file that is longer is the wrong one. */
  private static final int FILE_LIMIT = 4_096;

  private final World world;

  Passphrases(World world) {
    this.world = world;
  }

  /** Of a profile that there is. */
  char[] known(String profile, @Nullable Path file) {
    return given(file).orElseGet(() -> ask("Passphrase of profile \"" + profile + "\": "));
  }

  /** Of a profile that is being made: typed twice, since nothing opens it without. */
  char[] fresh(String profile, @Nullable Path file) {
    char[] passphrase =
        given(file)
            .orElseGet(() -> {
              char[] first = ask("A passphrase for the new profile \"" + profile + "\": ");
              char[] second = ask("Once more: ");
              if (!Arrays.equals(first, second)) {
                throw new AppFailure(ExitCode.FAILED, "these were two different passphrases");
              }
              return first;
            });
    if (passphrase.length == 0) {
      throw new AppFailure(ExitCode.FAILED, "an empty passphrase keeps nobody out");
    }
    return passphrase;
  }

  private Optional<char[]> given(@Nullable Path file) {
    return file == null
        ? world.variable(VARIABLE).map(String::toCharArray)
        : Optional.of(firstLine(file));
  }

  private static char[] firstLine(Path file) {
    try {
      if (Files.size(file) > FILE_LIMIT) {
        throw new AppFailure(ExitCode.FAILED, "too long for a passphrase: " + file);
      }
      String text = Files.readString(file, StandardCharsets.UTF_8);
      return text.lines().findFirst().orElse("").toCharArray();
    } catch (IOException e) {
      throw new AppFailure(ExitCode.FAILED, "cannot read the passphrase from " + file);
    }
  }

  private char[] ask(String prompt) {
    return world
        .asking()
        .secret(prompt)
        .orElseThrow(() ->
            new AppFailure(
                ExitCode.USAGE,
                "there is no passphrase: set "
                    + VARIABLE
                    + ", or name a --passphrase-file, or run this in a terminal"));
  }
}
