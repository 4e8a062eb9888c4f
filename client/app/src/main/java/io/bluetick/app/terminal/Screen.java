package io.bluetick.app.terminal;

import java.util.Optional;

/** Where a chat is seen and typed. Any thread may draw; one reads. */
sealed interface Screen extends AutoCloseable permits LiveScreen, PlainScreen {

  /** Of one row, as wide as it may be now. */
  int columns();

  /** Below what is there. */
  void add(Block block);

  /** Instead of the last one with its key, where that is still visible. */
  void replace(Block block);

  /** Nothing is there any more: all is drawn anew. */
  void clear();

  /** What is true at this moment; empty for nothing. */
  void status(String text);

  /** The next line that somebody typed; empty at the end. */
  Optional<String> read();

  /** Told when somebody types; on the thread that reads, and must return at once. */
  void onTyping(Runnable listener);

  @Override
  void close();
}
