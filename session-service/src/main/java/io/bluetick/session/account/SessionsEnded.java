package io.bluetick.session.account;

import io.bluetick.protocol.AccountId;
import io.bluetick.protocol.ErrorCode;
import java.util.List;

/**
 * These devices' live sessions must end.
 *
 * @param devices their numbers
 * @param upToRegistration sessions of a later registration at the same number go on: a new device
 *     may have connected before this is heard
 * @param code what their sockets are closed with
 */
public record SessionsEnded(
    AccountId account, List<Integer> devices, int upToRegistration, ErrorCode code) {}
