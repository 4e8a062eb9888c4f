package io.bluetick.gateway.limit;

import reactor.core.publisher.Mono;

/**
 * Token buckets by name, full at first.
 *
 * <p>A bucket is kept as one number, the instant at which it will be full: taking a token moves
 * that instant one interval into the future, and a token is there as long as the instant then lies
 * no further ahead than the bucket takes to fill. So nothing has to fill buckets, a full one need
 * not be kept at all, and a refused request costs its sender no token.
 */
interface Buckets {

  /** Takes one token, if there is one. Fails, rather than guesses, if it cannot tell. */
  Mono<Verdict> take(String name, Limit limit);
}
