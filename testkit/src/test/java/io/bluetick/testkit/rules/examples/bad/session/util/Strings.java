package io.bluetick.testkit.rules.examples.bad.session.util;

record Strings(String value) {}
