/** A class of Cassandra's own, replaced: it goes in front of Cassandra's jar. */
@NullMarked
package org.apache.cassandra.security;

import org.jspecify.annotations.NullMarked;
