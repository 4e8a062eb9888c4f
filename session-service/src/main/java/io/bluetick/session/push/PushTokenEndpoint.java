package io.bluetick.session.push;

import io.bluetick.protocol.BluetickException;
import io.bluetick.protocol.ErrorCode;
import io.bluetick.session.account.Caller;
import io.bluetick.session.limit.Limit;
import io.bluetick.session.limit.Limits;
import io.swagger.v3.oas.annotations.Operation;
import io.swagger.v3.oas.annotations.media.Content;
import io.swagger.v3.oas.annotations.media.ExampleObject;
import io.swagger.v3.oas.annotations.media.Schema;
import io.swagger.v3.oas.annotations.responses.ApiResponse;
import io.swagger.v3.oas.annotations.tags.Tag;
import jakarta.validation.Valid;
import org.springframework.beans.factory.ObjectProvider;
import org.springframework.http.HttpStatus;
import org.springframework.web.bind.annotation.DeleteMapping;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PutMapping;
import org.springframework.web.bind.annotation.RequestBody;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.ResponseStatus;
import org.springframework.web.bind.annotation.RestController;

/** Where devices tell how they are woken. */
@RestController
@RequestMapping("/v1/push")
@Tag(name = "wake-ups", description = "How a device is woken that is not connected.")
class PushTokenEndpoint {
  private final Tokens tokens;
  private final PushHosts hosts;
  private final Limits limits;
  private final ObjectProvider<VapidKey> vapid;

  PushTokenEndpoint(Tokens tokens, PushHosts hosts, Limits limits, ObjectProvider<VapidKey> vapid) {
    this.tokens = tokens;
    this.hosts = hosts;
    this.limits = limits;
    this.vapid = vapid;
  }

  @PutMapping("/token")
  @ResponseStatus(HttpStatus.NO_CONTENT)
  @Operation(
      summary = "Tell this device's push token",
      description = "It takes the place of the one that was told before.",
      operationId = "putPushToken",
      requestBody =
          @io.swagger.v3.oas.annotations.parameters.RequestBody(
              required = true,
              content =
                  @Content(
                      examples = {
                        @ExampleObject(name = "fcm", value = TokenRequest.Fcm.EXAMPLE),
                        @ExampleObject(name = "apns", value = TokenRequest.Apns.EXAMPLE),
                        @ExampleObject(name = "web", value = TokenRequest.Web.EXAMPLE)
                      },
                      schema =
                          @Schema(
                              oneOf = {
                                TokenRequest.Fcm.class,
                                TokenRequest.Apns.class,
                                TokenRequest.Web.class
                              }))))
  @ApiResponse(responseCode = "204", description = "From now on this device is woken by it.")
  void put(Caller caller, @Valid @RequestBody TokenRequest request) {
    limits.take(Limit.PUSH_TOKENS, caller.address().toString());
    PushToken token = request.toToken(hosts);
    if (!tokens.put(caller.address(), caller.registration(), token)) {
      throw new BluetickException(
          ErrorCode.UNAUTHENTICATED, "This device is not one of its account any more.");
    }
  }

  @DeleteMapping("/token")
  @ResponseStatus(HttpStatus.NO_CONTENT)
  @Operation(summary = "Forget this device's push token", operationId = "deletePushToken")
  @ApiResponse(responseCode = "204", description = "There is none, whether there was or not.")
  void delete(Caller caller) {
    tokens.remove(caller.address());
  }

  @GetMapping("/vapid-key")
  @Operation(
      summary = "Tell the key that a browser needs to subscribe",
      description = "There is none (404) where no browsers are woken.",
      operationId = "getVapidKey")
  @ApiResponse(responseCode = "200", description = "The same for all browsers.")
  VapidKey.Told vapidKey() {
    VapidKey key = vapid.getIfAvailable();
    if (key == null) {
      throw new BluetickException(ErrorCode.NOT_FOUND, "This server wakes no browsers.");
    }
    return new VapidKey.Told(key.publicKey());
  }
}
