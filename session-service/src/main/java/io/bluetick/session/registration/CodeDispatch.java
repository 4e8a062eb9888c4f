package io.bluetick.session.registration;

import io.bluetick.protocol.BluetickException;
import io.bluetick.protocol.ErrorCode;
import io.bluetick.session.registration.VerificationSender.Code;
import io.bluetick.session.registration.VerificationSender.Outcome;
import io.bluetick.session.registration.VerificationSender.Transport;
import io.bluetick.session.registration.Verifications.Named;
import io.bluetick.session.registration.Verifications.Sending;
import io.micrometer.core.instrument.MeterRegistry;
import java.security.SecureRandom;
import java.util.Locale;
import java.util.Optional;
import org.springframework.stereotype.Service;

/** Makes codes and sends them. No database connection is held meanwhile. */
@Service
class CodeDispatch {
  private static final int CODES = 1_000_000;

  private final Verifications verifications;
  private final VerificationSender sender;
  private final VerificationSettings settings;
  private final MeterRegistry meters;
  private final SecureRandom random = new SecureRandom();

  CodeDispatch(
      Verifications verifications,
      VerificationSender sender,
      VerificationSettings settings,
      MeterRegistry meters) {
    this.verifications = verifications;
    this.sender = sender;
    this.settings = settings;
    this.meters = meters;
  }

  Named send(String session, Transport transport, Optional<String> language) {
    Named named = verifications.find(session);
    String digits = "%06d".formatted(random.nextInt(CODES));
    Sending sending = verifications.sending(named, digits);
    Verification row = sending.verification();
    Outcome outcome =
        sender.send(
            new Code(
                verifications.number(row),
                row.numberHash(),
                named.id(),
                digits,
                transport,
                language,
                settings.lives()));
    count(transport, outcome);
    return switch (outcome) {
      case Outcome.Sent() -> new Named(named.id(), row);
      case Outcome.Unreachable() ->
          throw new BluetickException(
              ErrorCode.INVALID, "This number cannot be reached by this transport.");
      case Outcome.Failed(_, String advice) -> {
        verifications.notSent(sending);
        throw new BluetickException(ErrorCode.UNAVAILABLE, advice, settings.codes().afterFailure());
      }
    };
  }

  private void count(Transport transport, Outcome outcome) {
    meters
        .counter(
            "bluetick.verification.codes",
            "transport",
            transport.name().toLowerCase(Locale.ROOT),
            "outcome",
            outcome.getClass().getSimpleName().toLowerCase(Locale.ROOT))
        .increment();
  }
}
