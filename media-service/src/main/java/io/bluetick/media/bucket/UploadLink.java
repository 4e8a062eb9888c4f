package io.bluetick.media.bucket;

import java.util.Map;

/**
 * By which one blob can be put.
 *
 * @param headers what the request must have beside its length and host, which every client sends
 */
public record UploadLink(String url, Map<String, String> headers) {

  /** Without the url: it is the right to upload. */
  @Override
  public String toString() {
    return "UploadLink" + headers.keySet();
  }
}
