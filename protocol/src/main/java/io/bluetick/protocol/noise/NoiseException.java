package io.bluetick.protocol.noise;

/**
 * A Noise message was refused. Whoever connects can cause it at will, so it carries no stack trace:
 * the fault says all there is to know.
 */
public final class NoiseException extends RuntimeException {
  private static final long serialVersionUID = 1L;

  private final NoiseFault fault;

  NoiseException(NoiseFault fault) {
    super(fault.name(), null, false, false);
    this.fault = fault;
  }

  public NoiseFault fault() {
    return fault;
  }
}
