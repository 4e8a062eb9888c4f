/**
 * The server's REST API, one class for each topic. Calls block, which is what virtual threads are
 * for. Bytes are {@link com.google.protobuf.ByteString} throughout; only what signs takes and gives
 * arrays. What fails is an {@link io.bluetick.client.rest.ApiException}.
 */
@NullMarked
package io.bluetick.client.rest;

import org.jspecify.annotations.NullMarked;
