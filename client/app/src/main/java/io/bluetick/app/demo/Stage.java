package io.bluetick.app.demo;

/** Where the walk is seen. One thread draws and waits. */
sealed interface Stage extends AutoCloseable permits LiveStage, PlainStage {

  /** What somebody who watches wants. */
  enum Wish {
    NONE,
    ON,
    LEAVE
  }

  /** Whether what is true on two sides is told apart by colours. */
  boolean isColoured();

  /** Shows what is to be seen now; what is shown already is not shown again. */
  void show(Scene scene);

  /** Waits so long, or until somebody presses a key. */
  Wish key(long waitMs);

  /** After it, what was last seen stands on the terminal. */
  @Override
  void close();
}
