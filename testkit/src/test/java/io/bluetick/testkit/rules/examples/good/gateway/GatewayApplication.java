package io.bluetick.testkit.rules.examples.good.gateway;

import java.time.Clock;

record GatewayApplication(Clock clock) {}
