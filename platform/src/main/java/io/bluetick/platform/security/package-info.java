/** Closed by default: a token or nothing, except for probes and what a service opens. */
@NullMarked
package io.bluetick.platform.security;

import org.jspecify.annotations.NullMarked;
