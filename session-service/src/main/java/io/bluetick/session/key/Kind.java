package io.bluetick.session.key;

/** The two keys that a session begins with: each guards against what breaks the other. */
enum Kind {
  EC("ec"),
  KYBER("kyber");

  private final String column;

  Kind(String column) {
    this.column = column;
  }

  /** As the tables have it. */
  String column() {
    return column;
  }
}
