/** Closed by default: a token or nothing, except for health and metrics. */
@NullMarked
package io.bluetick.platform.security;

import org.jspecify.annotations.NullMarked;
