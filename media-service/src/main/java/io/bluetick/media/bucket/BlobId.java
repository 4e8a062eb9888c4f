package io.bluetick.media.bucket;

import java.security.SecureRandom;
import java.time.DateTimeException;
import java.time.LocalDate;
import java.time.format.DateTimeFormatter;
import java.util.HexFormat;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * The name of a blob, and the right to fetch it: the day on which it was granted, by which it ends,
 * and 128 random bits that nobody guesses. So it is a secret of those who were told it, and no log
 * has one.
 *
 * <pre>
 * 20261122-0f1e2d3c4b5a69788796a5b4c3d2e1f0   id
 * 20261122/0f1e2d3c4b5a69788796a5b4c3d2e1f0   key of the object
 * </pre>
 *
 * @param day in UTC
 * @param random 32 hexadecimal digits
 */
public record BlobId(LocalDate day, String random) {

  /** What an id looks like. */
  public static final String FORM = "[0-9]{8}-[0-9a-f]{32}";

  static final String KEY_SEPARATOR = "/";

  private static final Pattern PARTS = Pattern.compile("([0-9]{8})-([0-9a-f]{32})");
  private static final int RANDOM_BYTES = 16;

  public static BlobId fresh(LocalDate day, SecureRandom random) {
    byte[] bytes = new byte[RANDOM_BYTES];
    random.nextBytes(bytes);
    return new BlobId(day, HexFormat.of().formatHex(bytes));
  }

  /** Empty for what cannot be one, such as an id of the 31st of February. */
  public static Optional<BlobId> parse(String id) {
    Matcher parts = PARTS.matcher(id);
    return parts.matches()
        ? parseDay(parts.group(1)).map(day -> new BlobId(day, parts.group(2)))
        : Optional.empty();
  }

  /** Empty unless it is eight digits that are a day. */
  static Optional<LocalDate> parseDay(String digits) {
    try {
      return digits.length() == 8
          ? Optional.of(LocalDate.parse(digits, DateTimeFormatter.BASIC_ISO_DATE))
          : Optional.empty();
    } catch (DateTimeException _) {
      return Optional.empty();
    }
  }

  String key() {
    return digits(day) + KEY_SEPARATOR + random;
  }

  static String digits(LocalDate day) {
    return DateTimeFormatter.BASIC_ISO_DATE.format(day);
  }

  @Override
  public String toString() {
    return digits(day) + "-" + random;
  }
}
