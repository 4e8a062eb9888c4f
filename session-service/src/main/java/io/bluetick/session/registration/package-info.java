/**
 * How a phone number is proven, and what a proven one is good for: an account, or another number.
 */
@NullMarked
package io.bluetick.session.registration;

import org.jspecify.annotations.NullMarked;
