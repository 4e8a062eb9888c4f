package io.bluetick.app.output;

import io.bluetick.app.device.Device;
import io.bluetick.client.chat.Contact;
import io.bluetick.protocol.AccountId;
import java.util.Locale;
import java.util.Optional;
import java.util.regex.Pattern;

/** Who is meant, and what they are called: a contact's name, or 32 hexadecimal digits. */
public final class Names {
  /** Of a name on a screen. */
  private static final int SHOWN_LIMIT = 32;

  private static final int SHORT_ID = 8;
  private static final Pattern ID = Pattern.compile("[0-9a-fA-F]{32}");

  private final Device device;

  public Names(Device device) {
    this.device = device;
  }

  /** Whether somebody can be named so: a name must not look like an account's id. */
  public static boolean isId(String text) {
    return ID.matcher(text).matches();
  }

  public static AccountId id(String text) {
    return AccountId.parse(text.toLowerCase(Locale.ROOT));
  }

  /** Whom somebody means; empty if nobody is called so. */
  public Optional<AccountId> find(String typed) {
    return isId(typed) ? Optional.of(id(typed)) : device.named(typed).map(Contact::account);
  }

  /** As a screen shows it: of who is no contact, how the id begins. */
  public String of(AccountId account) {
    return device
        .contact(account)
        .map(contact -> Plain.line(contact.name(), SHOWN_LIMIT))
        .filter(name -> !name.isEmpty())
        .orElseGet(() -> account.toString().substring(0, SHORT_ID) + "…");
  }

  /** The contact's own name, as it was given. */
  Optional<String> given(AccountId account) {
    return device.contact(account).map(Contact::name);
  }
}
