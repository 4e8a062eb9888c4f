package io.bluetick.session.registration;

/** The bounds of a PIN: any text, most take digits. */
final class Pin {
  static final int MIN = 4;
  static final int MAX = 64;

  private Pin() {}
}
