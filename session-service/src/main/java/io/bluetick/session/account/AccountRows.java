package io.bluetick.session.account;

import jakarta.persistence.LockModeType;
import java.util.Optional;
import java.util.UUID;
import org.springframework.data.jpa.repository.Lock;
import org.springframework.data.jpa.repository.Query;
import org.springframework.data.repository.Repository;

/** The table {@code account}. */
interface AccountRows extends Repository<Account, UUID> {

  Account save(Account account);

  void delete(Account account);

  void flush();

  Optional<Account> findById(UUID id);

  Optional<Account> findByNumberHash(byte[] numberHash);

  /** Whoever changes an account or its devices holds this until the transaction ends. */
  @Lock(LockModeType.PESSIMISTIC_WRITE)
  @Query("select a from Account a where a.id = :id")
  Optional<Account> lock(UUID id);

  @Lock(LockModeType.PESSIMISTIC_WRITE)
  @Query("select a from Account a where a.numberHash = :numberHash")
  Optional<Account> lockByNumber(byte[] numberHash);
}
