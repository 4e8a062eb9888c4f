package io.bluetick.testkit.rules.examples.bad.gateway.limit;

import io.bluetick.testkit.rules.examples.bad.gateway.socket.Sockets;
import org.jspecify.annotations.Nullable;

public record Limits(@Nullable Sockets sockets) {}
