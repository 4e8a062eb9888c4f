package io.bluetick.session.linking;

import io.bluetick.protocol.AccountId;
import io.bluetick.protocol.BluetickException;
import io.bluetick.protocol.ErrorCode;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import org.springframework.core.io.ClassPathResource;
import org.springframework.dao.DataAccessException;
import org.springframework.data.redis.core.StringRedisTemplate;
import org.springframework.data.redis.core.script.RedisScript;
import org.springframework.stereotype.Component;
import tools.jackson.databind.json.JsonMapper;

/**
 * Offers and the answers to them, in Redis. Of addresses and secrets there are only hashes.
 *
 * <pre>
 * {linking}:offer:NAME   a hash; NAME is the address's hash; expires with the offer, or its answer
 *   state     open, claimed or linked
 *   secret    its hash
 *   offer     JSON
 *   account   that claimed or linked it
 *   claim     its id, while claimed
 *   until     ms since 1970, by Redis's clock; while claimed: then the account may try again
 *   answer    JSON, once linked
 * {linking}:alive        a sorted set of NAMEs by ms since 1970 at which they expire: their bound
 * </pre>
 *
 * Names of answered offers are published on the channel {@value #CHANNEL}.
 */
@Component
class Offers {
  static final String CHANNEL = "linking";

  private static final String ALIVE = "{linking}:alive";
  private static final Duration FULL_RETRY = Duration.ofSeconds(10);

  private static final RedisScript<Long> CREATE = script("create.lua", Long.class);
  private static final RedisScript<Long> RELEASE = script("release.lua", Long.class);
  private static final RedisScript<Long> SETTLE = script("settle.lua", Long.class);

  @SuppressWarnings("rawtypes")
  private static final RedisScript<List> CLAIM = script("claim.lua", List.class);

  private final StringRedisTemplate redis;
  private final JsonMapper json;
  private final LinkingSettings settings;

  Offers(StringRedisTemplate redis, JsonMapper json, LinkingSettings settings) {
    this.redis = redis;
    this.json = json;
    this.settings = settings;
  }

  void create(OfferAddress address, OfferSecret secret, OfferJson offer) {
    String name = address.name();
    Long isCreated =
        asked(() ->
            redis.execute(
                CREATE,
                List.of(key(name), ALIVE),
                ms(settings.lifetime()),
                Integer.toString(settings.offers()),
                name,
                secret.hash(),
                json.writeValueAsString(offer)));
    if (isCreated == 0) {
      throw new BluetickException(
          ErrorCode.UNAVAILABLE, "Too many devices wait to be linked; try again.", FULL_RETRY);
    }
  }

  Optional<OfferJson> find(OfferAddress address) {
    String offer =
        perhaps(() -> redis.<String, String>opsForHash().get(key(address.name()), "offer"));
    return Optional.ofNullable(offer).map(text -> json.readValue(text, OfferJson.class));
  }

  /** Empty while nobody has linked it. Throws {@code expired} or, for a wrong secret, a refusal. */
  Optional<Answer> answer(OfferAddress address, OfferSecret secret) {
    List<String> found =
        asked(() ->
            redis
                .<String, String>opsForHash()
                .multiGet(key(address.name()), List.of("secret", "answer")));
    @Nullable String hash = found.get(0);
    if (hash == null) {
      throw expired();
    }
    if (!Hashes.areEqual(hash, secret.hash())) {
      throw new BluetickException(ErrorCode.FORBIDDEN, "This is not the secret of the offer.");
    }
    return Optional.<String>ofNullable(found.get(1))
        .map(text -> json.readValue(text, Answer.class));
  }

  @SuppressWarnings("unchecked")
  Claim claim(OfferAddress address, AccountId account) {
    String id = UUID.randomUUID().toString();
    List<String> said =
        asked(() ->
            redis.execute(
                CLAIM, List.of(key(address.name())), account.toString(), id, ms(settings.lease())));
    String body = said.get(1);
    return switch (said.get(0)) {
      case "claimed" -> new Claim.Granted(id, json.readValue(body, OfferJson.class));
      case "linked" -> new Claim.Settled(json.readValue(body, Answer.class));
      case "busy" -> new Claim.Busy();
      case "taken" -> new Claim.Taken();
      default -> new Claim.Gone();
    };
  }

  /** Lets others claim it. */
  void release(OfferAddress address, Claim.Granted claim) {
    asked(() -> redis.execute(RELEASE, List.of(key(address.name())), claim.id()));
  }

  /** Returns whether the companion can learn of it. */
  boolean settle(OfferAddress address, Answer answer) {
    Long isKept =
        asked(() ->
            redis.execute(
                SETTLE,
                List.of(key(address.name())),
                answer.account().toString(),
                json.writeValueAsString(answer),
                ms(settings.lifetime()),
                CHANNEL,
                address.name()));
    return isKept == 1;
  }

  static BluetickException expired() {
    return new BluetickException(
        ErrorCode.EXPIRED, "There is no such offer, or not any more; begin again.");
  }

  private static <T> T asked(Supplier<@Nullable T> question) {
    T answer = perhaps(question);
    if (answer == null) {
      throw new IllegalStateException("Redis gave no answer");
    }
    return answer;
  }

  private static <T> @Nullable T perhaps(Supplier<@Nullable T> question) {
    try {
      return question.get();
    } catch (DataAccessException e) {
      throw new BluetickException(
          ErrorCode.UNAVAILABLE, "Devices cannot be linked just now; try again later.", e);
    }
  }

  private static String key(String name) {
    return "{linking}:offer:" + name;
  }

  private static String ms(Duration duration) {
    return Long.toString(duration.toMillis());
  }

  private static <T> RedisScript<T> script(String name, Class<T> type) {
    return RedisScript.of(new ClassPathResource(name, Offers.class), type);
  }
}
