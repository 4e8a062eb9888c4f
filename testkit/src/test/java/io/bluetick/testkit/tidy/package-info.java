/**
 * What no tool checks: each check is a function from a file's text to what is wrong with it. Test
 * code, because the whole repository is the input and nothing else uses it.
 */
@NullMarked
package io.bluetick.testkit.tidy;

import org.jspecify.annotations.NullMarked;
