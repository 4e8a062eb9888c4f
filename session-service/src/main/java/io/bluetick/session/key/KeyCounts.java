package io.bluetick.session.key;

import io.swagger.v3.oas.annotations.media.Schema;

/** How many one-time keys of a device are in stock. */
@Schema(name = "KeyCounts")
public record KeyCounts(
    @Schema(example = "64") int ecOneTime, @Schema(example = "63") int kyberOneTime) {}
