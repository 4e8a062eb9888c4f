package io.bluetick.testkit.rules.examples.bad.session.token;

import java.time.Instant;
import java.util.function.Supplier;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.beans.factory.annotation.Value;

class TokenManager {
  @Autowired Tokens tokens;

  @Value("${token.issuer}")
  String issuer;

  Instant called() {
    return Instant.now();
  }

  Supplier<Instant> referred() {
    return Instant::now;
  }

  long counted() {
    return System.currentTimeMillis();
  }
}
