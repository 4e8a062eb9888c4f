package io.bluetick.session.token;

import java.time.Duration;

/** What a caller shows with each request, and for how long. */
public record AccessToken(String token, Duration lifetime) {

  @Override
  public String toString() {
    return "AccessToken[" + lifetime + "]";
  }
}
