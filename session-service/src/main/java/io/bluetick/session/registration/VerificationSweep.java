package io.bluetick.session.registration;

import java.time.Clock;
import java.time.Instant;
import java.util.function.IntUnaryOperator;
import org.springframework.scheduling.annotation.SchedulingConfigurer;
import org.springframework.scheduling.config.ScheduledTaskRegistrar;
import org.springframework.stereotype.Component;

/** Deletes what has expired, a bounded number of rows at a time. */
@Component
class VerificationSweep implements SchedulingConfigurer {
  private final VerificationTable sessions;
  private final NumberTable numbers;
  private final VerificationSettings.Sweep settings;
  private final Clock clock;

  VerificationSweep(
      VerificationTable sessions, NumberTable numbers, VerificationSettings settings, Clock clock) {
    this.sessions = sessions;
    this.numbers = numbers;
    this.settings = settings.sweep();
    this.clock = clock;
  }

  @Override
  public void configureTasks(ScheduledTaskRegistrar registrar) {
    registrar.addFixedDelayTask(this::sweep, settings.every());
  }

  void sweep() {
    Instant now = clock.instant();
    delete(batch -> sessions.deleteExpired(now, batch));
    delete(batch -> numbers.deleteOld(now, batch));
  }

  private void delete(IntUnaryOperator deletion) {
    for (int i = 0; i < settings.batches(); i++) {
      if (deletion.applyAsInt(settings.batch()) < settings.batch()) {
        return;
      }
    }
  }
}
