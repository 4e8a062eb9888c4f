package io.bluetick.session.registration;

import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Sends nothing: shows the code to who runs the server. */
final class DevSender implements VerificationSender {
  private static final Logger LOG = LoggerFactory.getLogger(DevSender.class);

  private final DevCodes codes;

  DevSender(DevCodes codes) {
    this.codes = codes;
  }

  @Override
  public Outcome send(Code code) {
    codes.keep(code);
    LOG.info("event=dev_code code={} session={}", code.digits(), code.session().hex());
    return new Outcome.Sent();
  }
}
