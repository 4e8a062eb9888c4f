/** How ids and bytes are written in JSON, and how they are documented. */
@NullMarked
package io.bluetick.platform.json;

import org.jspecify.annotations.NullMarked;
