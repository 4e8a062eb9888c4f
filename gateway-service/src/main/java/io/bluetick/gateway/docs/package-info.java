/** The interfaces of all services as one document, and a page that shows it. */
@NullMarked
package io.bluetick.gateway.docs;

import org.jspecify.annotations.NullMarked;
