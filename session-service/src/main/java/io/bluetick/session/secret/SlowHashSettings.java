package io.bluetick.session.secret;

import jakarta.validation.constraints.Max;
import jakarta.validation.constraints.Min;
import jakarta.validation.constraints.NotNull;
import jakarta.validation.constraints.Positive;
import java.time.Duration;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;
import org.springframework.validation.annotation.Validated;

/**
 * The costs of Argon2id; what was hashed before keeps its own. The defaults are of those that OWASP
 * holds to be equal, the one that suits a heap of 80 MiB.
 *
 * @param memoryKib of one computation, on the heap
 * @param passes over that memory
 * @param concurrent computations: so many times that memory
 * @param patience that a computation waits for its turn
 */
@Validated
@ConfigurationProperties("bluetick.secret.argon2")
record SlowHashSettings(
    @DefaultValue("12288") @Min(7168) @Max(1048576) int memoryKib,
    @DefaultValue("3") @Positive int passes,
    @DefaultValue("1") @Positive int concurrent,
    @DefaultValue("2s") @NotNull Duration patience) {}
