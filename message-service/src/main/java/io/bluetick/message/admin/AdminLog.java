package io.bluetick.message.admin;

import io.bluetick.platform.security.AdminCaller;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * What operators did, in the log of this process: message-service has no table that a line could be
 * in the same transaction with. Written before the act, so that none is without its line.
 */
final class AdminLog {
  private static final Logger LOG = LoggerFactory.getLogger(AdminLog.class);

  /** Tokens of other issuers may say anything. */
  private static final int NAME_LENGTH_LIMIT = 200;

  private AdminLog() {}

  /**
   * Writes a line.
   *
   * @param action such as "mailbox.empty"
   */
  static void acts(AdminCaller caller, String action, Object target) {
    String name = caller.name();
    LOG.info(
        "event=admin_acts actor={} action={} target={}",
        name.length() <= NAME_LENGTH_LIMIT ? name : name.substring(0, NAME_LENGTH_LIMIT),
        action,
        target);
  }
}
