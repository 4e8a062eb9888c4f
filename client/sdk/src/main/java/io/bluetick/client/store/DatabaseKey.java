package io.bluetick.client.store;

import java.security.SecureRandom;

/** The key that encrypts a database: 32 random bytes, the same as long as the database lives. */
public final class DatabaseKey {
  static final int BYTES = 32;

  private final byte[] key;

  /** Takes the array as it is. */
  DatabaseKey(byte[] key) {
    if (key.length != BYTES) {
      throw new IllegalArgumentException("a key has " + BYTES + " bytes, not " + key.length);
    }
    this.key = key;
  }

  public static DatabaseKey generate(SecureRandom random) {
    byte[] key = new byte[BYTES];
    random.nextBytes(key);
    return new DatabaseKey(key);
  }

  /** The array itself; nobody changes it. */
  byte[] bytes() {
    return key;
  }

  @Override
  public String toString() {
    return "DatabaseKey";
  }
}
