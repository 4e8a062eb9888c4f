package io.bluetick.platform.cassandra;

import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * One step of the schema, from a file {@code V001__what_it_does.cql}. Each of its statements must
 * be harmless when repeated (IF NOT EXISTS): a process can die between two of them.
 *
 * @param checksum of the text as it is, so that an edit of an applied step is noticed
 */
record CqlMigration(int version, String name, String checksum, List<String> statements) {
  private static final Pattern FILE = Pattern.compile("V(\\d{3})__([a-z0-9_]+)\\.cql");

  static CqlMigration of(String file, String text) {
    Matcher matcher = FILE.matcher(file);
    if (!matcher.matches()) {
      throw new CqlMigrationException(file + " is not named like V001__what_it_does.cql");
    }
    List<String> statements;
    try {
      statements = CqlScript.statements(text);
    } catch (IllegalArgumentException e) {
      throw new CqlMigrationException(file + ": " + e.getMessage());
    }
    if (statements.isEmpty()) {
      throw new CqlMigrationException(file + " holds no statement");
    }
    return new CqlMigration(
        Integer.parseInt(matcher.group(1)), matcher.group(2), sha256(text), statements);
  }

  @Override
  public String toString() {
    return "V%03d__%s".formatted(version, name);
  }

  private static String sha256(String text) {
    try {
      byte[] digest =
          MessageDigest.getInstance("SHA-256").digest(text.getBytes(StandardCharsets.UTF_8));
      return HexFormat.of().formatHex(digest);
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException(e); // Every JDK has it.
    }
  }
}
