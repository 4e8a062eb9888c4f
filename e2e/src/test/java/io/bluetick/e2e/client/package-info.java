/** People who use the SDK. */
@NullMarked
package io.bluetick.e2e.client;

import org.jspecify.annotations.NullMarked;
