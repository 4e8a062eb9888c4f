package io.bluetick.testkit.rules.examples.bad.gateway.socket;

import org.jspecify.annotations.Nullable;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;

class Impatient {

  void sleeps() throws InterruptedException {
    Thread.sleep(1);
  }

  @Nullable String blocks(Mono<String> answer) {
    return answer.block();
  }

  @Nullable String blocksFirst(Flux<String> answers) {
    return answers.blockFirst();
  }

  void forgets(Mono<String> answer) {
    answer.subscribe();
  }
}
