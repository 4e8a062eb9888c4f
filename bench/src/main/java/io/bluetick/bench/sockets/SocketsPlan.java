package io.bluetick.bench.sockets;

/**
 * How much is done.
 *
 * @param connections that are open at the same time
 * @param openAtOnce how many of them are on their way at a time
 * @param rehearsals how often all of them are opened and closed before anything is measured
 * @param frames echoed in the pipelined exchange; the unpipelined one does a quarter of it
 * @param echoConnections of the pipelined exchange
 * @param window frames in one write of the pipelined exchange
 * @param messages accepted in the message exchange; 0 leaves it out
 * @param threads of the client
 * @param lookMs between two looks at the gateway's heap, until it is at rest
 */
record SocketsPlan(
    int connections,
    int openAtOnce,
    int rehearsals,
    long frames,
    int echoConnections,
    int window,
    long messages,
    int threads,
    long lookMs) {

  /** The unpipelined exchange is spread over at most so many connections. */
  static final int UNPIPELINED_CONNECTIONS = 1_000;

  static final int UNPIPELINED_SHARE = 4;
}
