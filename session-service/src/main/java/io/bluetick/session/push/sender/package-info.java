/** The ways to devices: FCM, APNs, Web Push, a webhook and the log. */
@NullMarked
package io.bluetick.session.push.sender;

import org.jspecify.annotations.NullMarked;
