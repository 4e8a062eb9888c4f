/** Children: spawning, watching, ports, and what is remembered of them on disk. */
@NullMarked
package io.bluetick.devstack.process;

import org.jspecify.annotations.NullMarked;
