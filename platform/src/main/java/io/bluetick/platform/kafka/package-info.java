/** One admin client, the topics a service uses, and whether Kafka answers. */
@NullMarked
package io.bluetick.platform.kafka;

import org.jspecify.annotations.NullMarked;
