package io.bluetick.session.push;

import com.google.protobuf.ByteString;
import io.swagger.v3.oas.annotations.media.Schema;

/** The key by which browsers know this server. */
@FunctionalInterface
public interface VapidKey {

  /** An uncompressed point of P-256: 65 bytes. */
  ByteString publicKey();

  /** The answer that tells it. */
  @Schema(name = "VapidKey")
  record Told(
      @Schema(
              description = "The applicationServerKey of a subscription: 65 bytes.",
              example =
                  "BCVxsr7N/eNgVRqvHtD0zTZsEc6+VV+JvLexhqUzORcxaOzi6+AYWXvTBHm4bjyPjs7Vd8pZGH6SRpkN"
                      + "toIAiw4=")
          ByteString key) {}
}
