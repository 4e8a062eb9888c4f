package io.bluetick.session.registration;

import static org.assertj.core.api.Assertions.assertThat;

import io.bluetick.devstack.Backend;
import io.bluetick.session.number.NumberVault;
import io.bluetick.session.number.PhoneNumber;
import io.bluetick.session.registration.VerificationSender.Code;
import io.bluetick.session.registration.VerificationSender.Transport;
import io.bluetick.testkit.Backends;
import io.bluetick.testkit.service.ServiceTest;
import java.security.SecureRandom;
import java.time.Duration;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.context.annotation.Import;

@Backends({Backend.POSTGRES, Backend.REDIS, Backend.KAFKA})
@ServiceTest
@Import(RegistrationParts.class)
class DevCodesTest {
  private static final PhoneNumber NUMBER = PhoneNumber.parse("+4915112345678");
  private static final PhoneNumber OTHER = PhoneNumber.parse("+4915112345679");

  private final TestClock clock;
  private final NumberVault vault;
  private final VerificationId session = VerificationId.random(new SecureRandom());
  private final DevCodes codes;
  private final DevSender sender;

  @Autowired
  DevCodesTest(TestClock clock, NumberVault vault, VerificationSettings settings) {
    this.clock = clock;
    this.vault = vault;
    this.codes = new DevCodes(vault, clock, settings);
    this.sender = new DevSender(codes);
  }

  @Test
  void the_newest_code_of_a_session_is_found_by_number() {
    send(session, NUMBER, "111111");
    send(session, NUMBER, "222222");
    clock.advance(Duration.ofSeconds(1));
    VerificationId later = VerificationId.random(new SecureRandom());
    send(later, NUMBER, "333333");
    send(VerificationId.random(new SecureRandom()), OTHER, "444444");
    assertThat(codes.of(NUMBER).map(DevCodes.DevCode::code)).contains("333333");
    assertThat(codes.of(NUMBER).map(DevCodes.DevCode::session)).contains(later.hex());
    assertThat(codes.all())
        .extracting(DevCodes.DevCode::code)
        .containsExactlyInAnyOrder("333333", "444444", "222222")
        .endsWith("222222");
  }

  @Test
  void codes_are_forgotten_when_they_do_not_count_any_more() {
    send(session, NUMBER, "111111");
    clock.advance(Duration.ofMinutes(15));
    assertThat(codes.of(NUMBER)).isEmpty();
    assertThat(codes.all()).isEmpty();
  }

  private void send(VerificationId id, PhoneNumber number, String digits) {
    assertThat(
            sender.send(
                new Code(
                    number,
                    vault.hash(number),
                    id,
                    digits,
                    Transport.SMS,
                    Optional.empty(),
                    Duration.ofMinutes(15))))
        .isEqualTo(new VerificationSender.Outcome.Sent());
  }
}
