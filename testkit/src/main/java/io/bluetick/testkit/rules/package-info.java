/**
 * The house rules: what every module's classes have to obey, checked by ArchUnit in every module.
 * What shows in the sources only is checked by TidyTest, once for the whole repository.
 */
@NullMarked
package io.bluetick.testkit.rules;

import org.jspecify.annotations.NullMarked;
