package io.bluetick.gateway.outbound;

/** Where the devices of this gateway are, as others know it. */
public interface Routes {

  /** Redis may have lost them: they are told again, in their time. */
  void tellAgain();
}
