package io.bluetick.session.registration;

/** For who has not said yet how codes are to be sent. */
final class NoSender implements VerificationSender {

  @Override
  public Outcome send(Code code) {
    return new Outcome.Failed(
        "not_configured",
        "This server sends no codes: its operator must set bluetick.verification.sender to"
            + " 'webhook', or to 'dev' on a machine for development.");
  }
}
