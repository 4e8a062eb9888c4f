package io.bluetick.testkit.rules.examples.bad.gateway.socket;

import io.bluetick.testkit.rules.examples.bad.gateway.limit.Limits;
import io.bluetick.testkit.rules.examples.bad.gateway.limit.store.Buckets;
import io.bluetick.testkit.rules.examples.bad.session.token.Tokens;

public record Sockets(Limits limits, Buckets buckets, Tokens tokens) {}
