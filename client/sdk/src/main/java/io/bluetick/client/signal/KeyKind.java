package io.bluetick.client.signal;

/** What a pre-key is for. */
enum KeyKind {
  /** Curve25519, used once. */
  EC("ec"),
  /** Curve25519, signed, used until it is replaced. */
  SIGNED("signed"),
  /** Kyber, signed, used once. */
  KYBER("kyber"),
  /** Kyber, signed, used while no other is left. */
  LAST_RESORT("last");

  private final String column;

  KeyKind(String column) {
    this.column = column;
  }

  /** As the table has it. */
  String column() {
    return column;
  }
}
