/**
 * How often who may ask: one bucket per account and group of routes, kept in Redis for all gateways
 * together, and in each gateway alone while Redis is away.
 */
@NullMarked
package io.bluetick.gateway.limit;

import org.jspecify.annotations.NullMarked;
