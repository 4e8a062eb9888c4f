/**
 * Where a device keeps everything: one profile's folder, its encrypted database, and the backups of
 * what may be restored.
 *
 * <pre>
 * PROFILE/
 *   .lock             held by the one process that has the profile open
 *   Databases/        vault.key: the database's key, wrapped by a passphrase
 *                     bluetick.db, -wal, -shm: SQLite, every page encrypted and authenticated
 *   Media/            Images, Voice Notes, Video, Files; in each Sent/ for what we sent
 *   Backups/          bluetick-TIME.backup, encrypted by a passphrase
 * </pre>
 */
@NullMarked
package io.bluetick.client.store;

import org.jspecify.annotations.NullMarked;
