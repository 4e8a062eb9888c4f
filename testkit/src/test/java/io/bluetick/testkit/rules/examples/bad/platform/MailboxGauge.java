package io.bluetick.testkit.rules.examples.bad.platform;

import io.bluetick.testkit.rules.examples.bad.session.token.Tokens;

public record MailboxGauge(Tokens tokens) {}
