package io.bluetick.session.admin;

import io.bluetick.platform.security.AdminCaller;
import io.bluetick.protocol.BluetickException;
import io.bluetick.protocol.ErrorCode;
import io.bluetick.session.account.AdminActed;
import io.bluetick.session.number.PhoneNumber;
import io.bluetick.session.registration.DevCodes;
import io.bluetick.session.registration.DevCodes.DevCode;
import io.swagger.v3.oas.annotations.Operation;
import io.swagger.v3.oas.annotations.media.Schema;
import io.swagger.v3.oas.annotations.responses.ApiResponse;
import io.swagger.v3.oas.annotations.tags.Tag;
import jakarta.validation.Valid;
import java.time.Instant;
import org.springframework.context.ApplicationEventPublisher;
import org.springframework.transaction.annotation.Transactional;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestBody;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RestController;

/** Verification codes that no phone gets, because the sender is the developers' own. */
@RestController
@RequestMapping("/v1/admin/session/codes")
@Tag(name = "admin", description = "For those who operate the server.")
class CodeAdminEndpoint {
  private final DevCodes codes;
  private final ApplicationEventPublisher events;

  CodeAdminEndpoint(DevCodes codes, ApplicationEventPublisher events) {
    this.codes = codes;
    this.events = events;
  }

  /** The newest code. */
  @Schema(name = "VerificationCode")
  record CodeJson(
      @Schema(example = "123456") String code,
      @Schema(example = "00112233445566778899aabbccddeeff") String session,
      @Schema(example = "2026-11-21T10:00:00Z") Instant at) {}

  @PostMapping("/find")
  @Transactional
  @Operation(
      summary = "Read the newest verification code of a phone number",
      description = "For admins only, and only where the sender of codes is `dev`.",
      operationId = "adminFindCode")
  @ApiResponse(responseCode = "200", description = "The code that would have been sent.")
  @ApiResponse(responseCode = "404", description = "None was kept by this instance.")
  CodeJson find(AdminCaller caller, @Valid @RequestBody AccountAdminEndpoint.SearchJson search) {
    caller.requireAdmin();
    DevCode code =
        codes
            .of(PhoneNumber.parse(search.number()))
            .orElseThrow(() ->
                new BluetickException(ErrorCode.NOT_FOUND, "There is no code of this number."));
    events.publishEvent(new AdminActed(caller.name(), "code.read", code.session(), ""));
    return new CodeJson(code.code(), code.session(), code.at());
  }
}
