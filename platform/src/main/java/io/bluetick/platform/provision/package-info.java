/** What must exist in a backend before the service is ready, made in the background. */
@NullMarked
package io.bluetick.platform.provision;

import org.jspecify.annotations.NullMarked;
