package io.bluetick.gateway.limit;

import io.bluetick.platform.limit.Verdict;
import reactor.core.publisher.Mono;

/** Token buckets by name, full at first. */
interface Buckets {

  /** Takes one token, if there is one. Fails, rather than guesses, if it cannot tell. */
  Mono<Verdict> take(String name, Limit limit);
}
