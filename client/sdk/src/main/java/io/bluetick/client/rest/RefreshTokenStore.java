package io.bluetick.client.rest;

/** Where the device's refresh token lies. Called by one thread at a time. */
public interface RefreshTokenStore {

  String load();

  /** Returns only when the token would survive a crash; what it throws fails the refresh. */
  void save(String refreshToken);
}
