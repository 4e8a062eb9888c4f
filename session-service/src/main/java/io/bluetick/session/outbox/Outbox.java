package io.bluetick.session.outbox;

import java.lang.annotation.Documented;
import java.lang.annotation.ElementType;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;
import org.springframework.scheduling.annotation.Async;
import org.springframework.transaction.event.TransactionalEventListener;

/**
 * Hears of an event after the transaction that caused it, at least once: until the method has
 * returned, the event stays in the table {@code event_publication}. So the method does something
 * that may be done twice.
 *
 * <p>Spring Modulith's own annotation would hold a database connection all the while; what listens
 * here waits for Kafka and Redis, and there are few connections.
 */
@Async(OutboxConfiguration.EXECUTOR)
@TransactionalEventListener
@Documented
@Target(ElementType.METHOD)
@Retention(RetentionPolicy.RUNTIME)
public @interface Outbox {}
