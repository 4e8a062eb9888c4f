package io.bluetick.session.account;

import java.util.List;
import java.util.Optional;
import java.util.UUID;
import org.springframework.data.jpa.repository.Query;
import org.springframework.data.repository.Repository;

/** The table {@code device}. What hangs on a device goes with its row. */
interface DeviceRows extends Repository<Device, DeviceKey> {

  Device save(Device device);

  void delete(Device device);

  Optional<Device> findById(DeviceKey key);

  @Query("select d from Device d where d.key.account = :account order by d.key.number")
  List<Device> of(UUID account);
}
