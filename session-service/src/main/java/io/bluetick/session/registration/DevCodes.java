package io.bluetick.session.registration;

import com.github.benmanes.caffeine.cache.Cache;
import com.github.benmanes.caffeine.cache.Caffeine;
import com.google.protobuf.ByteString;
import io.bluetick.session.number.NumberVault;
import io.bluetick.session.number.PhoneNumber;
import java.time.Clock;
import java.time.Instant;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import org.springframework.stereotype.Component;

/**
 * The codes that the sender {@code dev} of this instance did not send, for who develops. With any
 * other sender there are none.
 */
@Component
public class DevCodes {
  private final NumberVault vault;
  private final Clock clock;

  /** By session. */
  private final Cache<String, Kept> kept;

  DevCodes(NumberVault vault, Clock clock, VerificationSettings settings) {
    this.vault = vault;
    this.clock = clock;
    this.kept =
        Caffeine.newBuilder()
            .maximumSize(settings.dev().codes())
            .expireAfterWrite(settings.lives())
            .ticker(() -> TimeUnit.MILLISECONDS.toNanos(clock.millis()))
            .build();
  }

  /**
   * The newest code of a session.
   *
   * @param session its id
   */
  public record DevCode(String session, String code, Instant at) {}

  private record Kept(ByteString numberHash, DevCode code) {}

  /** The newest first. */
  public List<DevCode> all() {
    return kept.asMap().values().stream()
        .map(Kept::code)
        .sorted(Comparator.comparing(DevCode::at).reversed())
        .toList();
  }

  /** The newest of a number. */
  public Optional<DevCode> of(PhoneNumber number) {
    ByteString hash = vault.hash(number);
    return kept.asMap().values().stream()
        .filter(each -> each.numberHash().equals(hash))
        .map(Kept::code)
        .max(Comparator.comparing(DevCode::at));
  }

  void keep(VerificationSender.Code code) {
    String session = code.session().hex();
    kept.put(
        session, new Kept(code.numberHash(), new DevCode(session, code.digits(), clock.instant())));
  }
}
