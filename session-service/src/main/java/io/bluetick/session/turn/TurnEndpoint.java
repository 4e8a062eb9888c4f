package io.bluetick.session.turn;

import io.bluetick.session.account.Caller;
import io.bluetick.session.limit.Limit;
import io.bluetick.session.limit.Limits;
import io.swagger.v3.oas.annotations.Operation;
import io.swagger.v3.oas.annotations.responses.ApiResponse;
import io.swagger.v3.oas.annotations.tags.Tag;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.RestController;

/** Hands out credentials for the relay. */
@RestController
@Tag(name = "calls", description = "What calls need.")
class TurnEndpoint {
  private final TurnCredentials credentials;
  private final Limits limits;

  TurnEndpoint(TurnCredentials credentials, Limits limits) {
    this.credentials = credentials;
    this.limits = limits;
  }

  @GetMapping("/v1/turn/credentials")
  @Operation(
      summary = "Get credentials for the relay of calls",
      description =
          "New ones at each request; ask when a call begins, and again before an ICE restart"
              + " if they have ended. 503 where the server has no relay.",
      operationId = "makeTurnCredentials")
  @ApiResponse(responseCode = "200", description = "Credentials and where they are taken.")
  TurnCredential credentials(Caller caller) {
    limits.take(Limit.TURN, caller.account().toString());
    return credentials.make();
  }
}
