package io.bluetick.session.push.sender;

import jakarta.validation.constraints.NotNull;
import jakarta.validation.constraints.Pattern;
import java.net.URI;
import java.nio.file.Path;
import java.time.Duration;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;
import org.springframework.validation.annotation.Validated;

/**
 * Firebase Cloud Messaging. On when it has a service account.
 *
 * @param serviceAccount file of the service account's key, as Google's console makes it
 * @param project id of the Firebase project; empty for that of the service account
 * @param base of FCM's interface
 * @param ttl for which FCM keeps a push for a device that it does not reach; four weeks at most
 */
@Validated
@ConfigurationProperties("bluetick.push.fcm")
record FcmSettings(
    @NotNull Path serviceAccount,
    @DefaultValue("") @NotNull @Pattern(regexp = "[a-z0-9-]{0,60}") String project,
    @DefaultValue("https://fcm.googleapis.com") @NotNull URI base,
    @DefaultValue("28d") @NotNull Duration ttl) {}
