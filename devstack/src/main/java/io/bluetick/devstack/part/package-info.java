/** What can be run: each backend and each service knows how it is started and when it is ready. */
@NullMarked
package io.bluetick.devstack.part;

import org.jspecify.annotations.NullMarked;
