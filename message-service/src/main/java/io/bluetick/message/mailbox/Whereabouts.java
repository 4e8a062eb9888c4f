package io.bluetick.message.mailbox;

import io.bluetick.protocol.v1.Route;
import org.jspecify.annotations.Nullable;

/** Where a device is connected, by the newest word of it: gateways and the directory tell late. */
final class Whereabouts {
  private @Nullable Route route;
  private long epoch;

  /** Its gateway said that the connection is gone, whatever the directory still says. */
  private long closedEpoch;

  @Nullable Route route() {
    return route;
  }

  /** Of its newest session; never less than the millisecond at which that began. */
  long epoch() {
    return epoch;
  }

  void at(Route there) {
    route = there;
    epoch = there.getEpoch();
  }

  void away() {
    route = null;
  }

  /** Of an older session nothing is heard any more. */
  boolean isNews(Route there) {
    return there.getEpoch() > epoch;
  }

  /** The directory knows it there: it may be the session that was taken for lost. */
  boolean isThereAfterAll(Route there) {
    boolean isPresent = there.getEpoch() == epoch && route == null;
    return there.getEpoch() > closedEpoch && (isNews(there) || isPresent);
  }

  /** The directory knows it nowhere, and its last session is this one. */
  boolean isGone(long lastEpoch) {
    return lastEpoch >= epoch && route != null;
  }

  /** Its gateway says that this session is over. Whether that is the one that is known. */
  boolean endsBy(long ofEpoch) {
    closedEpoch = Math.max(closedEpoch, ofEpoch);
    return isPresent(ofEpoch);
  }

  boolean isPresent(long ofEpoch) {
    return ofEpoch == epoch && route != null;
  }
}
