/** This machine: its tools and its ports. */
@NullMarked
package io.bluetick.devstack.system;

import org.jspecify.annotations.NullMarked;
