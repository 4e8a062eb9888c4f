package io.bluetick.session.directory;

import io.bluetick.protocol.AccountId;
import java.util.Base64;

/** How Redis keeps the directory, said a second time: what is stored must not change unseen. */
final class DirectoryForTests {

  private DirectoryForTests() {}

  static String key(AccountId account) {
    return "dir:"
        + Base64.getUrlEncoder().withoutPadding().encodeToString(account.bytes().toByteArray());
  }
}
