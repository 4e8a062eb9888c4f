package io.bluetick.testkit.rules.examples.bad.protocol;

import io.bluetick.testkit.rules.examples.bad.platform.MailboxGauge;
import org.springframework.core.env.Environment;

record Wire(Environment environment, MailboxGauge gauge) {}
