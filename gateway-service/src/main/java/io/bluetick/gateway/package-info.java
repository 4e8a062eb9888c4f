/** The edge: the sockets of devices and the routes to the REST services. */
@NullMarked
package io.bluetick.gateway;

import org.jspecify.annotations.NullMarked;
