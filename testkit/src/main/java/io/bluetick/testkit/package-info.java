/** What every module's tests share: the real backends, and the rules of the house. */
@NullMarked
package io.bluetick.testkit;

import org.jspecify.annotations.NullMarked;
