package io.bluetick.client.rest;

import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;

/** Keeps a token in memory, and all that it ever was. */
final class FakeStore implements RefreshTokenStore {
  private final List<String> tokens = new CopyOnWriteArrayList<>();
  private volatile boolean isFull;

  FakeStore(String first) {
    tokens.add(first);
  }

  void fill() {
    isFull = true;
  }

  void empty() {
    isFull = false;
  }

  @Override
  public String load() {
    return tokens.getLast();
  }

  @Override
  public void save(String refreshToken) {
    if (isFull) {
      throw new IllegalStateException("the disk is full");
    }
    tokens.add(refreshToken);
  }
}
