package io.bluetick.devstack.part;

/** Whether a part does its work now, asked in its own protocol. */
public sealed interface Health {

  /** It answers, and says that it is ready. */
  record Up() implements Health {}

  /**
   * It does not.
   *
   * @param why a few words for the status table
   */
  record Down(String why) implements Health {}

  static Health up() {
    return new Up();
  }

  static Health down(String why) {
    return new Down(why);
  }
}
