package io.bluetick.bench.sessions;

import io.bluetick.bench.measure.LinuxProcess;
import io.bluetick.bench.measure.ProcessTree;
import java.io.IOException;
import java.net.URI;

/**
 * What is measured.
 *
 * @param internalSecret by which a gateway is known
 * @param postgres the database behind it
 */
record SessionService(URI url, String internalSecret, LinuxProcess process, ProcessTree postgres) {

  /** Processor time so far. */
  record Cpu(long serviceMicros, long postgresMicros) {

    Cpu since(Cpu before) {
      return new Cpu(serviceMicros - before.serviceMicros, postgresMicros - before.postgresMicros);
    }
  }

  Cpu cpu() throws IOException {
    return new Cpu(process.cpuMicros(), postgres.cpuMicros());
  }
}
