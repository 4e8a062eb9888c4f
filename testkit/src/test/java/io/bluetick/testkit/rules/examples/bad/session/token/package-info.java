@NullMarked
package io.bluetick.testkit.rules.examples.bad.session.token;

import org.jspecify.annotations.NullMarked;
