package io.bluetick.client.delivery;

/** Something for the loop. */
interface Task {

  /** Within a transaction. */
  void run(Turn turn);

  /** It came to nothing by its own fault, and left no trace. */
  void failed(RuntimeException cause);

  /** Nothing of the whole turn happened, as on a full disk. Left no trace either. */
  default void undone(RuntimeException cause) {
    failed(cause);
  }
}
