package io.bluetick.bench.messages;

import io.bluetick.bench.messages.Servers.Cpu;
import io.bluetick.bench.messages.Tally.Counts;
import java.io.IOException;

/** Reads the clock, the devices' counts and the servers' CPU together. */
record Watch(Conversations conversations, Servers servers) {

  /** One reading. */
  record Mark(long nanos, Counts counts, Cpu cpu) {}

  /** What happened between two readings. */
  record Span(double seconds, long receipted, Cpu cpu) {
    double perSecond() {
      return receipted / seconds;
    }
  }

  Mark mark() throws IOException, InterruptedException {
    return new Mark(System.nanoTime(), conversations.counts(), servers.cpu());
  }

  Span since(Mark start) throws IOException, InterruptedException {
    Mark end = mark();
    return new Span(
        (end.nanos() - start.nanos()) / 1e9,
        end.counts().receipted() - start.counts().receipted(),
        end.cpu().since(start.cpu()));
  }
}
