package io.bluetick.client.signal;

import com.google.protobuf.ByteString;
import io.bluetick.protocol.v1.CiphertextKind;

/** A content, encrypted for one device. */
public record Sealed(ByteString ciphertext, CiphertextKind kind) {}
