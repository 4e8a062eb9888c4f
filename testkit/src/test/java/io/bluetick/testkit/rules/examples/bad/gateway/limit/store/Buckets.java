package io.bluetick.testkit.rules.examples.bad.gateway.limit.store;

public record Buckets(int permits) {}
