package io.bluetick.client.linking;

/**
 * A linking was refused by this side of it. Whoever shows a code or answers a call can cause it, so
 * it carries no stack trace: the fault says all there is to know.
 */
public final class LinkingException extends RuntimeException {
  private static final long serialVersionUID = 1L;

  private final LinkingFault fault;

  LinkingException(LinkingFault fault) {
    super(fault.name(), null, false, false);
    this.fault = fault;
  }

  public LinkingFault fault() {
    return fault;
  }
}
