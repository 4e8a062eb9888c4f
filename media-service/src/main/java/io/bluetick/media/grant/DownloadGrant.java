package io.bluetick.media.grant;

import java.time.Duration;

/** The right to download one blob for a while. */
record DownloadGrant(String url, long sizeBytes, Duration valid) {

  /** Without the url: it is the right itself. */
  @Override
  public String toString() {
    return "DownloadGrant[sizeBytes=" + sizeBytes + ", valid=" + valid + "]";
  }
}
