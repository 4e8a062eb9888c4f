package io.bluetick.media.bucket;

import io.bluetick.protocol.BluetickException;
import io.bluetick.protocol.ErrorCode;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.Timer;
import java.util.function.Supplier;
import software.amazon.awssdk.core.exception.SdkClientException;
import software.amazon.awssdk.services.s3.model.S3Exception;

/** Times each call to S3, and tells a store that is away from one that refuses. */
final class S3Calls {
  private final MeterRegistry meters;

  S3Calls(MeterRegistry meters) {
    this.meters = meters;
  }

  /** Throws {@code unavailable} if the store does not answer or is not able to. */
  <T> T call(String name, Supplier<T> call) {
    Timer.Sample since = Timer.start(meters);
    String outcome = "failed";
    try {
      T answer = call.get();
      outcome = "ok";
      return answer;
    } catch (SdkClientException e) {
      throw unavailable(e);
    } catch (S3Exception e) {
      if (e.statusCode() >= 500 || e.isThrottlingException()) {
        throw unavailable(e);
      }
      throw e;
    } finally {
      since.stop(meters.timer("bluetick.media.s3", "call", name, "outcome", outcome));
    }
  }

  private static BluetickException unavailable(Exception cause) {
    return new BluetickException(
        ErrorCode.UNAVAILABLE, "The store of media does not answer; try again later.", cause);
  }
}
