package io.bluetick.platform.json;

import com.google.protobuf.ByteString;
import jakarta.validation.Constraint;
import jakarta.validation.ConstraintValidator;
import jakarta.validation.ConstraintValidatorContext;
import jakarta.validation.Payload;
import java.lang.annotation.Documented;
import java.lang.annotation.ElementType;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;
import org.jspecify.annotations.Nullable;

/** How many bytes there must be. Nothing at all is valid, as everywhere in Bean Validation. */
@Documented
@Target({ElementType.FIELD, ElementType.PARAMETER, ElementType.TYPE_USE})
@Retention(RetentionPolicy.RUNTIME)
@Constraint(validatedBy = ByteLength.Checked.class)
public @interface ByteLength {
  int min() default 0;

  int max();

  String message() default "must have {min} to {max} bytes";

  Class<?>[] groups() default {};

  Class<? extends Payload>[] payload() default {};

  /** Counts. */
  final class Checked implements ConstraintValidator<ByteLength, ByteString> {
    private int min;
    private int max;

    @Override
    public void initialize(ByteLength bounds) {
      min = bounds.min();
      max = bounds.max();
    }

    @Override
    public boolean isValid(@Nullable ByteString bytes, ConstraintValidatorContext context) {
      return bytes == null || (bytes.size() >= min && bytes.size() <= max);
    }
  }
}
