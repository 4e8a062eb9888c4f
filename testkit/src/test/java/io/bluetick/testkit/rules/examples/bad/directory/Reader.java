package io.bluetick.testkit.rules.examples.bad.directory;

import io.bluetick.testkit.rules.examples.bad.platform.MailboxGauge;
import org.springframework.core.env.Environment;

record Reader(Environment environment, MailboxGauge gauge) {}
