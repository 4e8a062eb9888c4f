package io.bluetick.session.secret;

import jakarta.validation.constraints.NotNull;
import java.nio.file.Path;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;
import org.springframework.validation.annotation.Validated;

/**
 * Where the master key is.
 *
 * @param masterKey a file with 32 bytes in base64, the same for all instances; made if there is
 *     none and the database knows of none either
 */
@Validated
@ConfigurationProperties("bluetick.secret")
record SecretSettings(@DefaultValue(".bluetick/data/session/master.key") @NotNull Path masterKey) {}
