package io.bluetick.bench.messages;

import java.net.InetSocketAddress;
import java.util.List;

/**
 * What is measured.
 *
 * @param notes what a reader of the figures must know of how it is run
 */
record Stack(InetSocketAddress gateway, Servers servers, Backlog backlog, List<String> notes) {}
