package io.bluetick.gateway.socket;

import io.bluetick.gateway.outbound.Neighbours;
import io.bluetick.gateway.session.Sessions;
import io.bluetick.platform.kafka.CommandTopic;
import java.time.Clock;

/**
 * What all connections of a gateway share.
 *
 * @param node id of this gateway
 */
record SocketContext(
    String node,
    SocketSettings settings,
    Clock clock,
    Outside outside,
    Admission admission,
    ClientFrames frames,
    SocketMetrics metrics) {

  /** Those that connections talk to. */
  record Outside(
      Sessions sessions, CommandTopic mailbox, CommandTopic presence, Neighbours neighbours) {}

  /** Those that let connections in. */
  record Admission(Greeter greeter, Openings openings, Rates rates) {}
}
