@NullMarked
package io.bluetick.testkit.rules.examples.bad.directory;

import org.jspecify.annotations.NullMarked;
