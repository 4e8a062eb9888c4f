package io.bluetick.testkit.rules.examples.bad.session.token;

public record Tokens(String value) {}
