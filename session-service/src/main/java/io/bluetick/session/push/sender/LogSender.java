package io.bluetick.session.push.sender;

import io.bluetick.session.push.Outcome;
import io.bluetick.session.push.PushKind;
import io.bluetick.session.push.PushSender;
import io.bluetick.session.push.PushToken;
import io.bluetick.session.push.Wake;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Tells whom it would wake, for development. */
final class LogSender implements PushSender {
  private static final Logger LOG = LoggerFactory.getLogger(LogSender.class);

  @Override
  public PushKind kind() {
    return PushKind.LOG;
  }

  @Override
  public CompletionStage<Outcome> send(PushToken token, Wake wake) {
    LOG.info("event=push device={} priority={}", wake.device(), wake.urgency().label());
    return CompletableFuture.completedStage(new Outcome.Sent());
  }
}
