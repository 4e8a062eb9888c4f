package io.bluetick.testkit.rules.examples.good.gateway.socket;

import io.bluetick.testkit.rules.examples.good.gateway.limit.Limits;
import reactor.core.Disposable;
import reactor.core.publisher.Flux;

record Sockets(Limits limits) {
  Disposable count(Flux<String> frames, Runnable onFrame, Runnable onError) {
    return frames.subscribe(frame -> onFrame.run(), error -> onError.run());
  }
}
