/** The topics that services hand stanzas to gateways by, one for each gateway. */
@NullMarked
package io.bluetick.gateway.outbound;

import org.jspecify.annotations.NullMarked;
