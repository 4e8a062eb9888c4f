package io.bluetick.client.rest;

import io.bluetick.protocol.ErrorCode;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** What a problem document says, as far as a client needs it. */
record Problem(@Nullable String code, @Nullable String detail, @Nullable Boolean retryable) {
  static final String MEDIA_TYPE = "application/problem+json";

  private static final int DETAIL_LIMIT = 300;

  /** So that a slug can stand in a log. */
  private static final Pattern SLUG = Pattern.compile("[a-z0-9-]{1,40}");

  boolean hasSlug() {
    return code != null && SLUG.matcher(code).matches();
  }

  String slug() {
    return code == null ? "" : code;
  }

  String text() {
    String said = detail == null ? "" : detail;
    return said.length() > DETAIL_LIMIT ? said.substring(0, DETAIL_LIMIT) : said;
  }

  /** As the server says, which may know codes that we do not. */
  boolean canRetry() {
    if (retryable != null) {
      return retryable;
    }
    return ErrorCode.ofSlug(slug()).filter(c -> c.retry() == ErrorCode.Retry.LATER).isPresent();
  }

  @Override
  public String toString() {
    return "Problem[" + slug() + "]";
  }
}
