/** Real backends that are started once per build and shared by all its test JVMs. */
@NullMarked
package io.bluetick.testkit.backend;

import org.jspecify.annotations.NullMarked;
