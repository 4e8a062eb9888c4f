package io.bluetick.session.outbox;

import java.util.concurrent.Executor;
import java.util.concurrent.ThreadPoolExecutor;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.aop.interceptor.AsyncUncaughtExceptionHandler;
import org.springframework.boot.context.properties.EnableConfigurationProperties;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.modulith.events.IncompleteEventPublications;
import org.springframework.modulith.events.ResubmissionOptions;
import org.springframework.scheduling.annotation.AsyncConfigurer;
import org.springframework.scheduling.annotation.EnableScheduling;
import org.springframework.scheduling.annotation.SchedulingConfigurer;
import org.springframework.scheduling.concurrent.ThreadPoolTaskExecutor;
import org.springframework.scheduling.config.ScheduledTaskRegistrar;

/** The threads of the outbox, and the sweep that takes up what failed. */
@Configuration(proxyBeanMethods = false)
@EnableScheduling
@EnableConfigurationProperties(OutboxSettings.class)
class OutboxConfiguration implements SchedulingConfigurer, AsyncConfigurer {
  private static final Logger LOG = LoggerFactory.getLogger(OutboxConfiguration.class);

  static final String EXECUTOR = "outboxExecutor";

  private final IncompleteEventPublications incomplete;
  private final OutboxSettings settings;

  OutboxConfiguration(IncompleteEventPublications incomplete, OutboxSettings settings) {
    this.incomplete = incomplete;
    this.settings = settings;
  }

  /** A full queue drops: the event is in the table, and the next sweep takes it up. */
  @Bean(EXECUTOR)
  static Executor outboxExecutor(OutboxSettings settings) {
    ThreadPoolTaskExecutor threads = new ThreadPoolTaskExecutor();
    threads.setThreadNamePrefix("outbox-");
    threads.setCorePoolSize(settings.threads());
    threads.setMaxPoolSize(settings.threads());
    threads.setQueueCapacity(settings.queue());
    threads.setRejectedExecutionHandler(new ThreadPoolExecutor.DiscardPolicy());
    threads.setAllowCoreThreadTimeOut(true);
    return threads;
  }

  /** Once for each attempt that failed, without its trace: the sweep tries again. */
  @Override
  public AsyncUncaughtExceptionHandler getAsyncUncaughtExceptionHandler() {
    return (failure, method, _) ->
        LOG.warn(
            "event=outbox_failed listener={} heard={} reason={}",
            method.getDeclaringClass().getSimpleName(),
            method.getParameterTypes()[0].getSimpleName(),
            failure.toString());
  }

  @Override
  public void configureTasks(ScheduledTaskRegistrar registrar) {
    registrar.addFixedDelayTask(this::sweep, settings.sweep());
  }

  private void sweep() {
    incomplete.resubmitIncompletePublications(
        ResubmissionOptions.defaults()
            .withMinAge(settings.patience())
            .withBatchSize(settings.batch()));
  }
}
