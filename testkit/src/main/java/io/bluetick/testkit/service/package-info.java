/** What is true of every service, as tests that each of them runs. */
@NullMarked
package io.bluetick.testkit.service;

import org.jspecify.annotations.NullMarked;
