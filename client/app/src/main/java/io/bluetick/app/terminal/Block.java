package io.bluetick.app.terminal;

import java.util.List;
import org.jline.utils.AttributedString;

/**
 * Rows of a screen that belong together: a message, a notice.
 *
 * @param key the message's id; {@link #NOTICE} for what never changes
 * @param brief what is told of a change where rows cannot be drawn again
 */
public record Block(long key, List<AttributedString> rows, String brief) {
  static final long NOTICE = 0;
}
