package io.bluetick.gateway.socket;

import io.bluetick.protocol.ErrorCode;
import java.util.HashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * What was heard of a device's sessions while this connection still asked for its own: the notice
 * may overtake the answer.
 */
final class EarlyNotices {
  private static final int MAX_ENDED = 8;

  private final Map<Long, ErrorCode> ended = new HashMap<>();
  private long displacedBy;

  /** Those of a connection, which has none as long as nothing came. */
  static EarlyNotices in(@Nullable EarlyNotices known) {
    return known == null ? new EarlyNotices() : known;
  }

  EarlyNotices replaced(long epoch) {
    displacedBy = Math.max(displacedBy, epoch);
    return this;
  }

  /** Past the bound it is forgotten: the next restore tells the same. */
  EarlyNotices ended(long epoch, ErrorCode code) {
    if (ended.size() < MAX_ENDED) {
      ended.put(epoch, code);
    }
    return this;
  }

  /** The session is open now. */
  void tell(SocketConnection connection) {
    ended.forEach(connection::ended);
    connection.replaced(displacedBy);
  }
}
