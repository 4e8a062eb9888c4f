/** What logins, bundles and openings of sessions cost session-service. */
@NullMarked
package io.bluetick.bench.sessions;

import org.jspecify.annotations.NullMarked;
