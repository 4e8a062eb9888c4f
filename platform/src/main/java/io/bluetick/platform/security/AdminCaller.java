package io.bluetick.platform.security;

import io.bluetick.protocol.BluetickException;
import io.bluetick.protocol.ErrorCode;

/**
 * Who of the operators asks. A parameter of this type makes an endpoint one for operators alone.
 *
 * @param name as the token says; what the audit log knows them by
 */
public record AdminCaller(String name, Role role) {

  /** What an operator may do. */
  public enum Role {
    /** Read, and end connections, which come back by themselves. */
    SUPPORT,
    /** All there is. */
    ADMIN
  }

  public void requireAdmin() {
    if (role != Role.ADMIN) {
      throw new BluetickException(ErrorCode.FORBIDDEN, "Only an admin may do this.");
    }
  }
}
