/** Token buckets: how often something may be asked, shared in Redis or of this process alone. */
@NullMarked
package io.bluetick.platform.limit;

import org.jspecify.annotations.NullMarked;
