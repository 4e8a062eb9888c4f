/** Hands what the sockets say to Kafka, packed, without ever blocking them. */
@NullMarked
package io.bluetick.gateway.topic;

import org.jspecify.annotations.NullMarked;
