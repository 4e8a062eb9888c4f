package io.bluetick.session.registration;

import io.bluetick.protocol.AccountId;
import io.bluetick.session.account.AccountDeleted;
import io.bluetick.session.account.AccountRegistered;
import io.bluetick.session.account.DeviceListChanged;
import io.bluetick.session.account.NumberChanged;
import io.bluetick.session.account.SessionsEnded;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import org.springframework.boot.test.context.TestConfiguration;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Primary;
import org.springframework.transaction.event.TransactionalEventListener;

/** What the whole service has otherwise while it is tested here. */
@TestConfiguration(proxyBeanMethods = false)
class RegistrationParts {

  @Bean
  TestClock testClock() {
    return new TestClock();
  }

  @Bean
  @Primary
  RecordedSender recordedSender() {
    return new RecordedSender();
  }

  @Bean
  Heard heard() {
    return new Heard();
  }

  /** What was committed. */
  static class Heard {
    private final List<Object> events = new CopyOnWriteArrayList<>();

    @TransactionalEventListener
    void heard(SessionsEnded event) {
      events.add(event);
    }

    @TransactionalEventListener
    void heard(DeviceListChanged event) {
      events.add(event);
    }

    @TransactionalEventListener
    void heard(AccountRegistered event) {
      events.add(event);
    }

    @TransactionalEventListener
    void heard(AccountDeleted event) {
      events.add(event);
    }

    @TransactionalEventListener
    void heard(NumberChanged event) {
      events.add(event);
    }

    /** Of this account, in order. */
    List<Object> of(AccountId account) {
      return events.stream().filter(event -> accountOf(event).equals(account)).toList();
    }

    private static AccountId accountOf(Object event) {
      return switch (event) {
        case SessionsEnded ended -> ended.account();
        case DeviceListChanged changed -> changed.account();
        case AccountRegistered registered -> registered.account();
        case AccountDeleted deleted -> deleted.account();
        case NumberChanged changed -> changed.account();
        default -> throw new IllegalStateException("not listened to: " + event);
      };
    }
  }
}
