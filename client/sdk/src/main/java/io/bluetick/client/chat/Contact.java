package io.bluetick.client.chat;

import io.bluetick.protocol.AccountId;
import java.util.Optional;

/** Somebody by name. */
public record Contact(AccountId account, String name, Optional<String> number) {}
