package io.bluetick.session.token;

import io.bluetick.protocol.AccountId;
import java.time.Clock;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.springframework.stereotype.Service;
import tools.jackson.databind.json.JsonMapper;

/** Signs access tokens. Nobody remembers them: they count until they end. */
@Service
public class AccessTokens {
  static final String ISSUER = "bluetick";

  private final SigningKeys keys;
  private final JsonMapper json;
  private final Clock clock;
  private final Duration lifetime;

  AccessTokens(SigningKeys keys, JsonMapper json, Clock clock, TokenSettings settings) {
    this.keys = keys;
    this.json = json;
    this.clock = clock;
    this.lifetime = settings.accessLifetime();
  }

  public AccessToken ofDevice(AccountId account, int device, int registration) {
    return token(account.toString(), Map.of("dev", device, "reg", registration), lifetime);
  }

  AccessToken ofOperator(String name, OperatorRole role, Duration roleLifetime) {
    return token(name, Map.of("roles", List.of(role.claim())), roleLifetime);
  }

  private AccessToken token(String subject, Map<String, Object> more, Duration lasting) {
    long now = clock.instant().getEpochSecond();
    Map<String, Object> claims = new LinkedHashMap<>();
    claims.put("iss", ISSUER);
    claims.put("sub", subject);
    claims.putAll(more);
    claims.put("iat", now);
    claims.put("exp", now + lasting.toSeconds());
    return new AccessToken(keys.current().sign(json.writeValueAsBytes(claims)), lasting);
  }
}
