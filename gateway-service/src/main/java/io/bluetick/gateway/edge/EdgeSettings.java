package io.bluetick.gateway.edge;

import jakarta.validation.constraints.NotNull;
import jakarta.validation.constraints.Pattern;
import jakarta.validation.constraints.PositiveOrZero;
import java.time.Duration;
import java.util.List;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;
import org.springframework.util.unit.DataSize;
import org.springframework.validation.annotation.Validated;

/**
 * What may come in, and what browsers are told.
 *
 * @param bodyLimit bytes of a request's body, however it is sent
 * @param bodyTimeout how long a client may take to send a body
 * @param corsOrigins the web origins whose pages may call, exactly as browsers spell them; none by
 *     default, and never all
 * @param hsts how long browsers shall insist on TLS; zero says nothing
 * @param trustedProxies how many proxies of ours stand in front, each of which adds the address it
 *     was called from to X-Forwarded-For; 0 means that clients connect directly
 */
@Validated
@ConfigurationProperties("bluetick.edge")
record EdgeSettings(
    @DefaultValue("256KB") @NotNull DataSize bodyLimit,
    @DefaultValue("30s") @NotNull Duration bodyTimeout,
    @DefaultValue @NotNull List<@Pattern(regexp = ORIGIN) String> corsOrigins,
    @DefaultValue("0s") @NotNull Duration hsts,
    @DefaultValue("0") @PositiveOrZero int trustedProxies) {

  private static final String ORIGIN = "https?://[a-z0-9.-]+(:[0-9]{1,5})?";
}
