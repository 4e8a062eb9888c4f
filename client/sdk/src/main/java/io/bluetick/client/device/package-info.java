/** Who this device is, and what it counts. */
@NullMarked
package io.bluetick.client.device;

import org.jspecify.annotations.NullMarked;
