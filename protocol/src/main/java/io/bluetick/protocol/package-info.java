/** The contract between devices and services. Plain Java: nothing here knows Spring. */
@NullMarked
package io.bluetick.protocol;

import org.jspecify.annotations.NullMarked;
