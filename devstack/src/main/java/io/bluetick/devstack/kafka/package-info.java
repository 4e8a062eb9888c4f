/** Runs inside the Kafka process. */
@NullMarked
package io.bluetick.devstack.kafka;

import org.jspecify.annotations.NullMarked;
