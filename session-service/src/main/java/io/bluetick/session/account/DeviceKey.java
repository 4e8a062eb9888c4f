package io.bluetick.session.account;

import jakarta.persistence.Embeddable;
import java.io.Serializable;
import java.util.UUID;

/** Which device of which account. */
@Embeddable
record DeviceKey(UUID account, short number) implements Serializable {}
