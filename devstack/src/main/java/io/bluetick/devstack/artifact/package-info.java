/** Maven artifacts: class paths and binaries, brought onto the disk once. */
@NullMarked
package io.bluetick.devstack.artifact;

import org.jspecify.annotations.NullMarked;
