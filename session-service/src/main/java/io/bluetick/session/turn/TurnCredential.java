package io.bluetick.session.turn;

import io.swagger.v3.oas.annotations.media.Schema;
import java.util.List;

/** By which a device may use the relay for a while. */
@Schema(description = "Made to be put into a browser's RTCIceServer.")
record TurnCredential(
    @Schema(
            example = "1732186800:0f1e2d3c4b5a69788796a5b4c3d2e1f0",
            description = "When it ends, in seconds since 1970, and a random id.")
        String username,
    @Schema(example = "5YbSbZ0CBGXzJUb0RKK5a9YfEbs=") String password,
    @Schema(example = "43200", description = "Seconds that it is valid for.") long ttlS,
    @Schema(example = "[\"turn:turn.example.org:3478?transport=udp\"]") List<String> uris) {

  /** Without the password. */
  @Override
  public String toString() {
    return "TurnCredential[" + username + "]";
  }
}
