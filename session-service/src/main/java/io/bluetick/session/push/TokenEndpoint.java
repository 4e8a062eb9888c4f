package io.bluetick.session.push;

import io.bluetick.protocol.AccountId;
import io.bluetick.protocol.BluetickException;
import io.bluetick.protocol.DeviceAddress;
import io.bluetick.protocol.ErrorCode;
import io.swagger.v3.oas.annotations.Operation;
import io.swagger.v3.oas.annotations.Parameter;
import io.swagger.v3.oas.annotations.responses.ApiResponse;
import io.swagger.v3.oas.annotations.tags.Tag;
import java.util.Base64;
import org.springframework.beans.factory.ObjectProvider;
import org.springframework.http.HttpStatus;
import org.springframework.security.access.AccessDeniedException;
import org.springframework.security.core.annotation.AuthenticationPrincipal;
import org.springframework.security.oauth2.jwt.Jwt;
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
@Tag(name = "push", description = "How a device is woken that is not connected.")
class TokenEndpoint {
  private final Tokens tokens;
  private final PushHosts hosts;
  private final ObjectProvider<VapidKey> vapid;

  TokenEndpoint(Tokens tokens, PushHosts hosts, ObjectProvider<VapidKey> vapid) {
    this.tokens = tokens;
    this.hosts = hosts;
    this.vapid = vapid;
  }

  @PutMapping("/token")
  @ResponseStatus(HttpStatus.NO_CONTENT)
  @Operation(
      summary = "Tell this device's push token",
      description = "It takes the place of the one that was told before.")
  @ApiResponse(responseCode = "204", description = "From now on this device is woken by it.")
  @ApiResponse(responseCode = "403", description = "The caller is no device, or one no longer.")
  @ApiResponse(responseCode = "422", description = "This can be no push token.")
  void put(
      @RequestBody TokenRequest request,
      @Parameter(hidden = true) @AuthenticationPrincipal Jwt caller) {
    DeviceAddress device = device(caller);
    if (!tokens.put(device, request.toToken(hosts))) {
      throw new BluetickException(ErrorCode.FORBIDDEN, "This device is no longer registered.");
    }
  }

  @DeleteMapping("/token")
  @ResponseStatus(HttpStatus.NO_CONTENT)
  @Operation(summary = "Forget this device's push token")
  @ApiResponse(responseCode = "204", description = "There is none, whether there was or not.")
  @ApiResponse(responseCode = "403", description = "The caller is no device.")
  void delete(@Parameter(hidden = true) @AuthenticationPrincipal Jwt caller) {
    tokens.remove(device(caller));
  }

  @GetMapping("/vapid-key")
  @Operation(summary = "The key that a browser needs to subscribe")
  @ApiResponse(responseCode = "200", description = "The same for all browsers.")
  @ApiResponse(responseCode = "404", description = "This server wakes no browsers.")
  VapidKey.Told vapidKey() {
    VapidKey key = vapid.getIfAvailable();
    if (key == null) {
      throw new BluetickException(ErrorCode.NOT_FOUND, "This server wakes no browsers.");
    }
    return new VapidKey.Told(Base64.getEncoder().encodeToString(key.publicKey()));
  }

  private static DeviceAddress device(Jwt caller) {
    Object number = caller.getClaim("dev");
    String account = caller.getSubject();
    if (account == null || !(number instanceof Number device)) {
      throw new AccessDeniedException("no device");
    }
    return new DeviceAddress(AccountId.parse(account), device.intValue());
  }
}
