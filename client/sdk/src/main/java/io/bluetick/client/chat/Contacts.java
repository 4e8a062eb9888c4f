package io.bluetick.client.chat;

import io.bluetick.client.store.Database;
import io.bluetick.client.store.Queries;
import io.bluetick.client.store.Row;
import io.bluetick.protocol.AccountId;
import java.util.List;
import java.util.Optional;

/** The user's own names for others. They never leave this store. */
public final class Contacts {
  private static final String COLUMNS = "SELECT account, name, number FROM contact";

  private final Database database;
  private final Book book;

  public Contacts(Database database) {
    this.database = database;
    this.book = new Book(database);
  }

  /** False if somebody else has the name. */
  public boolean put(Contact contact) {
    if (book.named(contact.name())
        .filter(other -> !other.account().equals(contact.account()))
        .isPresent()) {
      return false;
    }
    database.run(
        "INSERT INTO contact (account, name, number) VALUES (?, ?, ?)"
            + " ON CONFLICT (account) DO UPDATE SET name = excluded.name,"
            + " number = coalesce(excluded.number, number)",
        contact.account().bytes(),
        contact.name(),
        contact.number().orElse(null));
    return true;
  }

  /** Names to be read, also beside the thread that writes. */
  public static final class Book {
    private final Queries database;

    public Book(Queries database) {
      this.database = database;
    }

    public Optional<Contact> named(String name) {
      return database.first(COLUMNS + " WHERE name = ?", Contacts::contact, name);
    }

    public Optional<Contact> of(AccountId account) {
      return database.first(COLUMNS + " WHERE account = ?", Contacts::contact, account.bytes());
    }

    public List<Contact> all() {
      return database.all(COLUMNS + " ORDER BY name", Contacts::contact);
    }
  }

  private static Contact contact(Row row) {
    return new Contact(
        AccountId.of(row.bytes(1)), row.text(2), Optional.ofNullable(row.textOrNull(3)));
  }
}
