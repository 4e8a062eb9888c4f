/** Traces leave the process only when told where to. */
@NullMarked
package io.bluetick.platform.telemetry;

import org.jspecify.annotations.NullMarked;
