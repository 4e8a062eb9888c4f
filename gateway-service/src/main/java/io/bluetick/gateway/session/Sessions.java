package io.bluetick.gateway.session;

import io.bluetick.protocol.DeviceAddress;
import io.bluetick.protocol.ErrorCode;
import java.util.Optional;
import java.util.concurrent.CompletionStage;

/**
 * The sessions of devices, kept by session-service.
 *
 * <p>Opening raises the device's epoch, makes the asking connection its route, and names the one
 * that it displaced. Closing counts only for the epoch it names: a late close of an older
 * connection changes nothing.
 */
public interface Sessions {

  /**
   * Opens a session for a device that has proven its static key. Fails only when the answer is not
   * known; who is refused gets {@link Answer.Refused}.
   */
  CompletionStage<Answer> open(Asked asked);

  /**
   * Takes back an opening whose connection ended before it heard of it: the place that it displaced
   * is the device's route again.
   */
  void abandon(DeviceAddress device, Answer.Opened opened);

  /**
   * Closes a session, if it is still the present one. Best effort: its route ends with its node.
   */
  void close(DeviceAddress device, long epoch);

  /**
   * Tells again of a session that lives at this place, in case its route was lost.
   *
   * @return why the session may not go on, if it may not; {@link ErrorCode#REPLACED}: it is not
   *     known any more. Fails when the answer is not known
   */
  CompletionStage<Optional<ErrorCode>> restore(DeviceAddress device, Place place, long epoch);

  /**
   * What is asked for.
   *
   * @param staticKey the public key that the device proved
   * @param place of the connection that asks
   * @param attempt of the device to connect, as it counts; 0: it does not. One that is held up
   *     somewhere is refused as {@link ErrorCode#REPLACED} when a later one has opened just now
   */
  record Asked(DeviceAddress device, StaticKey staticKey, Place place, long attempt) {}

  /** Where a connection is: a gateway and its number there. */
  record Place(String node, long connection) {}

  /** What becomes of it. */
  sealed interface Answer {

    /**
     * The session is open.
     *
     * @param epoch higher than every epoch that the device had before
     * @param registration how often a device was registered at this address; part of the ids of its
     *     messages
     * @param displaced where it was connected until now
     */
    record Opened(long epoch, int registration, Optional<Place> displaced) implements Answer {}

    /** The device may not connect. */
    record Refused(ErrorCode code) implements Answer {}
  }
}
