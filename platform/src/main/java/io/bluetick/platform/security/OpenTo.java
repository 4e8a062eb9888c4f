package io.bluetick.platform.security;

import java.util.List;
import org.springframework.http.HttpMethod;

/**
 * What a service answers to callers without a token: a bean of it opens these paths to this method.
 * No token is looked at there, so an old one does no harm and a good one is not known.
 *
 * @param patterns of paths, as in {@code /v1/registration/**}
 */
public record OpenTo(HttpMethod method, List<String> patterns) {

  public OpenTo {
    patterns = List.copyOf(patterns);
  }

  public static OpenTo of(HttpMethod method, String... patterns) {
    return new OpenTo(method, List.of(patterns));
  }
}
