package io.bluetick.client.linking;

import com.google.protobuf.ByteString;
import java.util.Base64;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * What the companion's QR code says: {@code bluetick://link?v=1&a=..&e=..&c=..}, bytes as
 * base64url. Whoever sees it can link the companion, so it goes by camera only and does not print
 * itself.
 *
 * @param address of the offer, 16 bytes
 * @param ephemeralKey the companion's, for this one message, 32 bytes
 * @param confirmationKey that vouches for the offered keys, 32 bytes
 */
public record LinkingCode(ByteString address, ByteString ephemeralKey, ByteString confirmationKey) {

  static final int ADDRESS_BYTES = 16;
  static final int KEY_BYTES = 32;

  private static final String START = "bluetick://link?";
  private static final int VERSION = 1;
  private static final int LENGTH_LIMIT = 512;

  private static final Pattern VERSIONED =
      Pattern.compile(Pattern.quote(START) + "v=(0|[1-9][0-9]{0,3})(&.*)?");
  private static final Pattern FORM =
      Pattern.compile(
          Pattern.quote(START)
              + "v=1&a=([A-Za-z0-9_-]{22})&e=([A-Za-z0-9_-]{43})&c=([A-Za-z0-9_-]{43})");

  public LinkingCode {
    requireBytes(address, ADDRESS_BYTES);
    requireBytes(ephemeralKey, KEY_BYTES);
    requireBytes(confirmationKey, KEY_BYTES);
  }

  /**
   * Reads what was scanned. There is one way to write a code; anything else is a {@link
   * LinkingException}.
   */
  public static LinkingCode parse(String scanned) {
    if (!scanned.startsWith(START) || scanned.length() > LENGTH_LIMIT) {
      throw new LinkingException(LinkingFault.NOT_A_LINK);
    }
    Matcher versioned = VERSIONED.matcher(scanned);
    if (!versioned.matches()) {
      throw new LinkingException(LinkingFault.MALFORMED_CODE);
    }
    if (Integer.parseInt(versioned.group(1)) != VERSION) {
      throw new LinkingException(LinkingFault.UNKNOWN_VERSION);
    }
    Matcher parts = FORM.matcher(scanned);
    if (!parts.matches()) {
      throw new LinkingException(LinkingFault.MALFORMED_CODE);
    }
    LinkingCode code =
        new LinkingCode(bytes(parts.group(1)), bytes(parts.group(2)), bytes(parts.group(3)));
    // The last digit of each part has bits to spare, and none may be set.
    if (!code.uri().equals(scanned)) {
      throw new LinkingException(LinkingFault.MALFORMED_CODE);
    }
    return code;
  }

  /** What the QR code shows. */
  public String uri() {
    return START
        + "v="
        + VERSION
        + "&a="
        + addressText()
        + "&e="
        + text(ephemeralKey)
        + "&c="
        + text(confirmationKey);
  }

  /** As the server's paths have it. */
  public String addressText() {
    return text(address);
  }

  @Override
  public String toString() {
    return "LinkingCode";
  }

  static ByteString bytes(String base64Url) {
    return ByteString.copyFrom(Base64.getUrlDecoder().decode(base64Url));
  }

  private static String text(ByteString bytes) {
    return Base64.getUrlEncoder().withoutPadding().encodeToString(bytes.toByteArray());
  }

  private static void requireBytes(ByteString bytes, int length) {
    if (bytes.size() != length) {
      throw new IllegalArgumentException("a part has " + length + " bytes, not " + bytes.size());
    }
  }
}
