package io.bluetick.app.terminal;

import java.io.IOException;
import java.util.List;
import org.jline.reader.LineReader;
import org.jline.reader.impl.DefaultParser;
import org.jline.reader.impl.LineReaderImpl;
import org.jline.terminal.Terminal;
import org.jline.utils.AttributedString;
import org.jline.utils.Status;

/** JLine's line editor, with the status line below it, drawn under one lock. */
final class ChatReader extends LineReaderImpl {
  private final Status bottom;
  private volatile Runnable typing = () -> {};

  ChatReader(Terminal terminal) throws IOException {
    super(terminal);
    DefaultParser words = new DefaultParser();
    words.setEscapeChars(new char[0]);
    words.setQuoteChars(new char[0]);
    setParser(words);
    // What was typed is drawn as a message instead; "!" is a letter here.
    setOpt(Option.ERASE_LINE_ON_FINISH);
    setOpt(Option.DISABLE_EVENT_EXPANSION);
    setOpt(Option.DISABLE_HIGHLIGHTER);
    unsetOpt(Option.INSERT_TAB);
    setVariable(LineReader.BELL_STYLE, "none");
    setVariable(LineReader.DISABLE_COMPLETION, true);
    bottom = Status.getStatus(terminal);
  }

  void status(AttributedString line) {
    lock.lock();
    try {
      bottom.update(List.of(line));
    } finally {
      lock.unlock();
    }
  }

  /** Rows at the bottom that no message may use. */
  int statusRows() {
    return bottom.size();
  }

  /** Prints above what is being typed. Whole rows: it ends with a line break. */
  void print(String rows) {
    lock.lock();
    try {
      printAbove(rows);
    } finally {
      lock.unlock();
    }
  }

  /** Empties the screen, and draws what is being typed at its top. */
  void wipe() {
    lock.lock();
    try {
      print("\u001b[H\u001b[2J\n");
      bottom.redraw();
    } finally {
      lock.unlock();
    }
  }

  /** Calls the listener for each character of a message that is typed; commands are not told. */
  void onTyping(Runnable listener) {
    typing = listener;
  }

  @Override
  protected boolean selfInsert() {
    boolean isInserted = super.selfInsert();
    if (!buf.toString().startsWith("/")) {
      typing.run();
    }
    return isInserted;
  }

  void end() {
    lock.lock();
    try {
      bottom.close();
      terminal.flush();
    } finally {
      lock.unlock();
    }
  }
}
