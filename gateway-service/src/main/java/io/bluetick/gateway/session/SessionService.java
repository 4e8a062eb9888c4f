package io.bluetick.gateway.session;

import io.bluetick.protocol.v1.SessionAnswers;
import io.bluetick.protocol.v1.SessionRequests;
import java.util.concurrent.CompletionStage;

/** Session-service as a gateway calls it. */
interface SessionService {

  /** As many answers as requests, in their order. Fails when they are not known; never waits. */
  CompletionStage<SessionAnswers> call(SessionRequests requests);
}
