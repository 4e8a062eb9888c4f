package io.bluetick.platform.limit;

/**
 * How many tokens a bucket holds and how fast they come.
 *
 * <p>A bucket is kept as one number, the instant at which it will be full: taking a token moves
 * that instant one interval into the future, and a token is there as long as the instant then lies
 * no further ahead than the bucket takes to fill. So nothing has to fill buckets, a full one need
 * not be kept at all, and a refused request costs its sender no token.
 */
public interface Rate {

  /** How long one token takes to come, in microseconds. */
  long intervalMicros();

  /** How long an empty bucket takes to fill, in microseconds. */
  long capacityMicros();
}
