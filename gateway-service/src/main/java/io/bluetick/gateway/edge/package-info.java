/**
 * The REST edge: which path leads to which service, what may come in, what goes out with it. It
 * carries requests and understands none.
 */
@NullMarked
package io.bluetick.gateway.edge;

import org.jspecify.annotations.NullMarked;
