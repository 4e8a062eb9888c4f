/** The OpenAPI document: title, version, and the problem as the answer to every error. */
@NullMarked
package io.bluetick.platform.openapi;

import org.jspecify.annotations.NullMarked;
