/**
 * Live sessions: who may open one, where each device is connected, and what ends it. Redis has the
 * truth of it (module directory); PostgreSQL says who the devices are.
 */
@NullMarked
package io.bluetick.session.directory;

import org.jspecify.annotations.NullMarked;
