package io.bluetick.bench.device;

/** Why a connection is over. */
public sealed interface Ending {

  /** This side closed it. */
  record Closed() implements Ending {}

  /** The gateway wants the device to come back, here or elsewhere, after this delay. */
  record GoAway(long retryAfterMs) implements Ending {}

  /**
   * The gateway said why.
   *
   * @param code the WebSocket close code, or the HTTP status if no WebSocket came about
   * @param reason the slug of an error code, where the gateway keeps to the contract
   */
  record Refused(Stage stage, int code, String reason) implements Ending {}

  /** The gateway did what the contract does not allow, or has not the pinned key. */
  record Broken(Stage stage, String why) implements Ending {}

  /** The connection could not be made, broke, or was silent for too long. */
  record Lost(Stage stage, String why) implements Ending {}

  /** One line for people. */
  default String describe() {
    return switch (this) {
      case Closed() -> "closed by the device";
      case GoAway(long retryAfterMs) -> "told to go away for " + retryAfterMs + " ms";
      case Refused(Stage stage, int code, String reason) when stage == Stage.GREETING ->
          "refused %s: %d %s (does the gateway hold the pinned key, and know the device's?)"
              .formatted(stage, code, reason);
      case Refused(Stage stage, int code, String reason) ->
          "refused %s: %d %s".formatted(stage, code, reason);
      case Broken(Stage stage, String why) -> "not as agreed %s: %s".formatted(stage, why);
      case Lost(Stage stage, String why) -> "lost %s: %s".formatted(stage, why);
    };
  }
}
