package io.bluetick.platform.logging;

import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.boot.context.event.ApplicationReadyEvent;
import org.springframework.context.event.EventListener;
import org.springframework.core.env.Environment;

/** The one line that a start leaves behind: which service, where, after how long. */
class ReadyLine {
  private static final Logger log = LoggerFactory.getLogger(ReadyLine.class);

  private final Environment environment;

  ReadyLine(Environment environment) {
    this.environment = environment;
  }

  @EventListener
  void started(ApplicationReadyEvent event) {
    log.atInfo()
        .addKeyValue("app", environment.getProperty("spring.application.name"))
        .addKeyValue("port", environment.getProperty("local.server.port"))
        .addKeyValue(
            "started_ms", event.getTimeTaken() == null ? null : event.getTimeTaken().toMillis())
        .log("ready");
  }
}
