package io.bluetick.client.linking;

import io.nayuki.qrcodegen.QrCode;
import io.nayuki.qrcodegen.QrCode.Ecc;
import io.nayuki.qrcodegen.QrSegment;
import java.util.ArrayList;
import java.util.List;

/**
 * A QR code drawn with half blocks: a character is one module wide and two high, which is square in
 * a terminal. A code on a screen is neither torn nor dirty, so the smallest one that fits is drawn,
 * with as much error correction as this size has room for.
 */
public final class TerminalQr {

  /** As wide as any terminal is. */
  public static final int COLUMNS = 80;

  /** Modules of light around the code, as the standard demands. */
  static final int QUIET_ZONE = 4;

  private static final int BOTH = 3;
  private static final int UPPER = 2;
  private static final int LOWER = 1;

  private TerminalQr() {}

  /** How the terminal writes. A scanner wants dark modules on light, so one of both is inverted. */
  public enum Text {
    LIGHT_ON_DARK,
    DARK_ON_LIGHT
  }

  /** The lines, all of the same length, without line ends. */
  public static List<String> draw(LinkingCode code, Text text) {
    return draw(code.uri(), text, COLUMNS);
  }

  static List<String> draw(String content, Text text, int columns) {
    QrCode qr = encode(content, columns);
    int end = qr.size + QUIET_ZONE;
    List<String> lines = new ArrayList<>();
    for (int y = -QUIET_ZONE; y < end; y += 2) {
      StringBuilder line = new StringBuilder(columns);
      for (int x = -QUIET_ZONE; x < end; x++) {
        // Beyond the code there is light, also below the last line's upper half.
        line.append(block(isInk(qr, x, y, text), isInk(qr, x, y + 1, text)));
      }
      lines.add(line.toString());
    }
    return lines;
  }

  /** Throws {@link IllegalArgumentException} if no code with this content is narrow enough. */
  static QrCode encode(String content, int columns) {
    List<QrSegment> segments = QrSegment.makeSegments(content);
    for (Ecc least : List.of(Ecc.MEDIUM, Ecc.LOW)) {
      QrCode qr = QrCode.encodeSegments(segments, least);
      if (qr.size + 2 * QUIET_ZONE <= columns) {
        return qr;
      }
    }
    throw new IllegalArgumentException("this takes more than " + columns + " columns");
  }

  private static boolean isInk(QrCode qr, int x, int y, Text text) {
    boolean isDark = qr.getModule(x, y);
    return switch (text) {
      case DARK_ON_LIGHT -> isDark;
      case LIGHT_ON_DARK -> !isDark;
    };
  }

  private static char block(boolean upper, boolean lower) {
    return switch ((upper ? UPPER : 0) + (lower ? LOWER : 0)) {
      case BOTH -> '\u2588';
      case UPPER -> '\u2580';
      case LOWER -> '\u2584';
      default -> ' ';
    };
  }
}
