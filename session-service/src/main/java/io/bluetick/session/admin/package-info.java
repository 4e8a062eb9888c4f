/** What those who operate the server may see and do, and what is remembered of it. */
@NullMarked
package io.bluetick.session.admin;

import org.jspecify.annotations.NullMarked;
